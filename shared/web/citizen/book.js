// Counts a held place down. What it shows at first, and what happens at the end, the hub says.
(() => {
  const left = document.querySelector("[data-left]");
  const end = Date.now() + Number(left.dataset.left) * 1000;

  function show() {
    const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds > 0) return;
    clearInterval(ticking);
    setTimeout(() => location.reload(), 1000);
  }

  const ticking = setInterval(show, 1000);
})();
