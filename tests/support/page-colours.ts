import type { Page } from "playwright-core";

type Colour = [number, number, number];
export interface PoorText {
  text: string;
  contrast: number;
}

/** Texts in view whose contrast with their ground is below what WCAG 2 asks of level AA: 4.5. */
export async function poorlyReadable(page: Page): Promise<PoorText[]> {
  const pairs = await page.evaluate(() => {
    const transparent = "rgba(0, 0, 0, 0)";
    const found = new Map<string, { text: string; colour: string; ground: string }>();
    for (const element of Array.from(document.querySelectorAll("body *"))) {
      const own = Array.from(element.childNodes).find(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (own === undefined || !element.checkVisibility()) continue;
      let behind: Element | null = element;
      while (behind?.parentElement && getComputedStyle(behind).backgroundColor === transparent)
        behind = behind.parentElement;
      const style = getComputedStyle(element);
      const colour = element instanceof SVGElement ? style.fill : style.color;
      const ground = getComputedStyle(behind ?? element).backgroundColor;
      found.set(`${colour} ${ground}`, { text: own.textContent ?? "", colour, ground });
    }
    return [...found.values()];
  });
  return pairs
    .map(({ text, colour, ground }) => ({
      text: text.trim().slice(0, 40),
      contrast: contrast(colourOf(colour), colourOf(ground)),
    }))
    .filter(({ contrast }) => contrast < 4.5);
}

const colourOf = (text: string): Colour => {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
};

/** Contrast of two colours as WCAG 2 defines it. */
function contrast(first: Colour, second: Colour): number {
  const [lighter = 0, darker = 0] = [first, second].map(luminance).toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
