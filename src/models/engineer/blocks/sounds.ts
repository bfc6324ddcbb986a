import type { Feature } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { heard, mediaBlock } from "./media-block.ts";

const cepstrum: Feature = heard(
  "cepstrum",
  "Describe the timbre: mean, spread and changes of the cepstrum's coefficients.",
  `values = cepstrum_of(sound, 20)
steps = np.abs(np.diff(values, axis=0))
return np.concatenate([values.mean(axis=0), values.std(axis=0), steps.mean(axis=0)])`,
);

const course: Feature = heard(
  "course",
  "Follow each sound from its beginning to its end: the cepstrum of eight pieces of it.",
  `return np.stack([piece.mean(axis=0) for piece in np.array_split(cepstrum_of(sound, 13), 8)]).ravel()`,
);

const shape: Feature = heard(
  "shape",
  "Compare the pieces of a sound with its own average, so that voices and microphones count less.",
  `values = cepstrum_of(sound, 13)
return np.stack([piece.mean(axis=0) for piece in np.array_split(values - values.mean(axis=0), 8)]).ravel()`,
);

const bands: Feature = heard(
  "bands",
  "Measure each band of pitch by itself: its spread, its quiet and its loud moments.",
  `loudness = sound["bands"]
return np.concatenate([loudness.std(axis=0), *np.quantile(loudness, [0.1, 0.5, 0.9], axis=0)])`,
);

const outline: Feature = heard(
  "outline",
  "Add how long each sound is, how much of it is no silence, and how its loudness varies.",
  `loudness = sound["bands"].mean(axis=1)
parts = np.quantile(loudness - loudness.max(), [0.1, 0.25, 0.5, 0.75])
return np.array([np.log(sound["seconds"]), sound["share"], *parts])`,
);

/** WAV needs nothing that is not there; what is packed needs a package that comes with an extra. */
const reader = ({ media }: Facts): string =>
  media?.isPacked === true
    ? `import soundfile


def wave_of(path):
    """The samples of a sound and how many make a second."""
    return soundfile.read(path)`
    : `from scipy.io import wavfile


def wave_of(path):
    """The samples of a sound and how many make a second."""
    rate, wave = wavfile.read(path)
    return wave, rate`;

/** What can be made of sounds. */
export const sounds = mediaBlock("audio", {
  name: "Sounds",
  features: [cepstrum, course, outline, bands, shape],
  initial: () => ["cepstrum", "course", "outline"],
  open: (facts) => `${reader(facts)}


BANDS, TOP = 40, 4000 if FILES and wave_of(FILES[0])[1] < 16000 else 8000
MOST_SECONDS, MOST_MOMENTS = 60, 400


def mel_weights(rate, size):
    """How much each frequency counts for each band of pitch."""
    pitch = np.linspace(2595 * np.log10(1 + 60 / 700), 2595 * np.log10(1 + TOP / 700), BANDS + 2)
    edges, frequencies = 700 * (10 ** (pitch / 2595) - 1), np.fft.rfftfreq(size, 1 / rate)[:, None]
    rising = (frequencies - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - frequencies) / np.diff(edges)[1:]
    return np.clip(np.minimum(rising, falling), 0, None)


def opened(path):
    """A sound as the loudness of bands of pitch, every hundredth of a second; silence at both ends is cut off."""
    wave, rate = wave_of(path)
    wave = wave.reshape(len(wave), -1).mean(axis=1)[: MOST_SECONDS * rate]
    width, step = int(0.032 * rate), int(0.01 * rate)
    seconds, size = len(wave) / rate, max(512, 1 << (width - 1).bit_length())
    wave = np.pad(wave / (np.abs(wave).max() + 1e-9), (0, max(0, 10 * width - len(wave))))
    pieces = np.lib.stride_tricks.sliding_window_view(wave, width)[::step] * np.hanning(width)
    power = np.abs(np.fft.rfft(pieces, size, axis=1)) ** 2
    total = np.log(power.sum(axis=1) + 1e-6)
    heard = np.flatnonzero(total > total.max() - 8)
    bands = np.log(power @ mel_weights(rate, size) + 1e-6)[heard[0] : heard[-1] + 1]
    parts = np.array_split(bands, min(len(bands), MOST_MOMENTS))
    bands = np.stack([part.mean(axis=0) for part in parts]) if len(bands) > MOST_MOMENTS else bands
    return {"bands": bands, "seconds": seconds + 0.01, "share": len(heard) / len(total)}


def cepstrum_of(sound, count):
    """The shape of the spectrum at each moment in a few coefficients."""
    return dct(sound["bands"], axis=1, norm="ortho")[:, :count]`,
});
