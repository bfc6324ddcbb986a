import { expect, test } from "vitest";
import { readPage } from "../../../tools/search-web/read-page.ts";

const pageText = (body: string, contentType: string, seconds = 30) =>
  readPage({ body, contentType }, { seconds });

const prose = "Gradient boosting does well on tables with mixed columns. ".repeat(12);
const html = `<html><head><title>Boosting guide</title><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a> <a href="/login">Log in</a></nav>
<article><h1>Boosting</h1><p>${prose}</p>
<pre><code>model = LGBMRegressor()
model.fit(X, y)</code></pre><p>${prose}</p></article>
<footer>All rights reserved</footer><script>alert("x")</script></body></html>`;

test("an article keeps its text and its code, and loses what stands around it", async () => {
  const { title, text } = await pageText(html, "text/html; charset=utf-8");
  expect(title).toBe("Boosting guide");
  expect(text).toContain("```\nmodel = LGBMRegressor()\nmodel.fit(X, y)\n```");
  expect(text).toContain("mixed columns");
  expect(text).not.toMatch(/Log in|All rights|alert|color: red/);
});

test("a page that is no article still gives its text", async () => {
  const { text } = await pageText("<html><body><p>Short.</p></body></html>", "text/html");
  expect(text).toBe("Short.");
});

test("plain text is taken as it is, and a long one is cut", async () => {
  expect((await pageText("a\n\n\n\nb", "text/plain")).text).toBe("a\n\nb");
  expect((await pageText("x".repeat(100_000), "text/markdown")).text).toHaveLength(24_000);
});

test.each(["", "<", "<html", "<p>".repeat(2000), "\u0000\u0001"])(
  "broken markup does no harm",
  async (broken) => {
    expect((await pageText(broken, "text/html", 3)).text).not.toContain("<p>");
  },
);
