/** Control characters and those that turn the direction of text, replaced by a mark. */
export const visible = (text: string): string =>
  text.replace(/[^\P{Cc}\n\r\t]|\p{Bidi_Control}/gu, "\ufffd");

/** The same on one line: a text must not begin lines of its own, nor go back over what stands there. */
export const oneLine = (text: string): string => visible(text).replace(/[\n\r\t]+/g, " ");
