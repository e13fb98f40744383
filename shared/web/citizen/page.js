"use strict";
// Keeps the page true: the hub sends the changed part as HTML it rendered itself.
(() => {
  const main = document.getElementById("state");
  const sound = document.getElementById("sound");
  const why = document.getElementById("why");
  const SILENT_MS = 6000;
  const WHY_MS = 2000;
  let ring = null;
  let calls = 0;
  let silence = 0;
  let asked = 0;

  function beep() {
    for (let i = 0; i < 3; i++) {
      const tone = ring.createOscillator();
      const level = ring.createGain();
      const from = ring.currentTime + i * 0.4;
      tone.frequency.value = 880;
      level.gain.setValueAtTime(0.3, from);
      level.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
      tone.connect(level).connect(ring.destination);
      tone.start(from);
      tone.stop(from + 0.36);
    }
  }

  function show() {
    const card = main.querySelector("[data-state]");
    const called = card.dataset.state === "called";
    const times = called ? Number(card.dataset.calls) : 0;
    document.body.classList.toggle("called", called);
    if (times > calls) {
      if (navigator.vibrate) navigator.vibrate([400, 200, 400, 200, 400]);
      if (ring) beep();
    }
    calls = times;
  }

  function heard() {
    document.body.classList.remove("stale");
    clearTimeout(silence);
    silence = setTimeout(stale, SILENT_MS);
  }

  function stale() {
    const line = main.querySelector(".updated");
    document.body.classList.add("stale");
    line.textContent = document.body.dataset.stale.replace("{time}", line.dataset.time);
  }

  // The reasons cost the hub a look at the day: they are asked for while somebody reads them, and not at every move.
  async function explain() {
    asked = 0;
    try {
      const answer = await fetch(why.dataset.why);
      if (answer.ok) why.lastElementChild.innerHTML = await answer.text();
    } catch {
      return; // the line above says that the connection is lost
    }
    why.hidden = !why.lastElementChild.textContent.trim();
  }

  function explainSoon() {
    const waits = main.querySelector("[data-state]").dataset.state === "waiting";
    why.hidden = !waits;
    if (waits && why.open && !asked) asked = setTimeout(explain, WHY_MS);
  }

  why.addEventListener("toggle", () => { if (why.open) explain(); });

  const events = new EventSource(document.body.dataset.events);
  events.addEventListener("state", (event) => {
    main.innerHTML = JSON.parse(event.data);
    heard();
    show();
    explainSoon();
  });
  events.addEventListener("time", (event) => {
    const line = main.querySelector(".updated");
    [line.textContent, line.dataset.time] = JSON.parse(event.data);
    heard();
  });

  sound.hidden = !window.AudioContext;
  sound.addEventListener("click", () => {
    ring = new AudioContext();
    sound.textContent = sound.dataset.on;
    sound.disabled = true;
    beep();
  });
  show();
  heard();
})();
