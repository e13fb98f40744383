// What is wrong with a page to look at: what runs over, is cut, small to tap, small or faint to read.
(least) => {
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

  // Relative luminance, WCAG 2.2.
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!/, 0\)$/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };

  const faults = (e) => {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const found = [];
    if (!box.width || e.closest("svg, script, noscript")) return found;
    const isKey = e.matches("a, button, input:not([type=hidden]), summary");
    if (isKey && Math.min(box.width, box.height) < least.tap) found.push("small");
    if (style.display !== "inline" && e.clientWidth && e.scrollWidth > e.clientWidth + 1) found.push("cut");
    if (![...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())) return found;
    if (parseFloat(style.fontSize) < least.text) found.push("tiny");
    const [bright, dark] = [light(style.color), light(ground(e))].sort((x, y) => y - x);
    if ((bright + 0.05) / (dark + 0.05) < least.contrast) found.push("faint");
    return found;
  };

  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const all = [...document.querySelectorAll("body *")];
  const found = all.flatMap((e) => faults(e).map((fault) => `${fault}: ${e.tagName} ${e.textContent.trim().slice(0, 20)}`));
  return document.documentElement.scrollWidth > innerWidth ? ["runs over", ...found] : found;
}
