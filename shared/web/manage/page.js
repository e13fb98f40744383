"use strict";
// Keeps the board true: the hub sends it as HTML it rendered itself, whenever it changed.
(() => {
  const board = document.getElementById("board");
  const line = document.getElementById("updated");
  const alarm = document.getElementById("alarm");
  const SILENT_MS = 6000;
  let silence = 0;

  function stale() {
    document.body.classList.add("stale");
    line.textContent = document.body.dataset.stale.replace("{time}", line.dataset.time);
  }

  function heard() {
    document.body.classList.remove("stale");
    clearTimeout(silence);
    silence = setTimeout(stale, SILENT_MS);
  }

  const events = new EventSource(document.body.dataset.events);
  events.addEventListener("board", (event) => {
    board.innerHTML = JSON.parse(event.data);
    heard();
  });
  events.addEventListener("alarm", (event) => {
    alarm.innerHTML = JSON.parse(event.data);
  });
  events.addEventListener("time", (event) => {
    [line.textContent, line.dataset.time] = JSON.parse(event.data);
    heard();
  });
  events.addEventListener("end", () => {
    events.close();
    location.reload();
  });
  silence = setTimeout(stale, SILENT_MS);
})();
