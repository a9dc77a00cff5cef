"use strict";
// The page works without this script; with it, nothing is loaded anew, and what is said later appears by itself.
(() => {
  const form = document.getElementById("compose");
  const box = document.getElementById("say");
  const file = document.getElementById("file");
  const attach = form.querySelector("details");
  const send = form.querySelector("button");
  const lines = document.getElementById("changed");
  const state = document.getElementById("state");
  const words = document.getElementById("words").dataset;
  const language = document.documentElement.lang;
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  const mostBytes = 20000000;
  const newToken = () => crypto.getRandomValues(new Uint32Array(4)).reduce((text, number) => text + number.toString(16).padStart(8, "0"), "");
  let revision = Number(lines.dataset.revision);
  // Stays until what was sent with it has arrived: sent again it is the same.
  let token = newToken();
  let busy = false;
  let lately = Date.now();
  let timer = 0;

  class Refused extends Error {}

  // The element that had the focus may have been replaced by one of the same kind.
  function focused(before, after) {
    const place = [...before.querySelectorAll("button")].indexOf(document.activeElement);
    return () => after.querySelectorAll("button")[place]?.focus({ preventScroll: true });
  }

  function put(line) {
    const before = document.getElementById(line.id);
    if (!before) { lines.append(line); return line; }
    const refocus = focused(before, line);
    before.replaceWith(line);
    refocus();
    return null;
  }

  // Takes in the lines that changed; those that came newly.
  function changed(html) {
    const fragment = new DOMParser().parseFromString(html, "text/html").getElementById("changed");
    if (fragment.dataset.language !== language && fragment.childElementCount) { location.reload(); return []; }
    const first = Number(fragment.dataset.first);
    revision = Math.max(revision, Number(fragment.dataset.revision));
    const came = [...fragment.children].map(put).filter((line) => line && !line.hidden);
    if (first) document.getElementById("welcome")?.remove();
    for (const line of [...lines.children]) if (Number(line.id.slice("line-".length)) < first) line.remove();
    offered();
    return came;
  }

  // Where the person is can be asked for with scripts only, and under the newest question only.
  function offered() {
    const places = [...lines.querySelectorAll(".place")];
    const isOpen = (button) => "geolocation" in navigator && button.closest(".line") === lines.querySelector(".line:last-child");
    places.forEach((button) => { button.hidden = !isOpen(button); });
  }

  function pending(text) {
    const line = document.createElement("div");
    line.className = "line own pending";
    for (const [className, said] of [["who", words.person], ["said", text]]) {
      const part = document.createElement(className === "who" ? "p" : "div");
      part.className = className;
      part.textContent = said;
      line.append(part);
    }
    lines.append(line);
    line.scrollIntoView({ block: "nearest" });
    return line;
  }

  async function posted(fields) {
    fields.set("token", token);
    fields.set("chat", form.elements.chat.value);
    fields.set("after", revision);
    const response = await fetch("/chat/say", { method: "POST", body: fields });
    if (response.ok) return response.text();
    const problem = await response.json();
    throw new Refused(problem.told || problem.detail);
  }

  // `shown`: what stands in the thread until it has arrived. Whether it has.
  async function said(fields, shown) {
    if (busy) return false;
    busy = true;
    send.setAttribute("aria-disabled", "true");
    const line = shown && pending(shown);
    state.textContent = words.waiting;
    try {
      const html = await posted(fields);
      line?.remove();
      token = newToken();
      const came = changed(html);
      inSight(came);
      state.textContent = html.includes("data-waiting") ? words.waiting : "";
      return true;
    } catch (error) {
      line?.remove();
      state.textContent = error instanceof Refused ? error.message : words.unreachable;
      return false;
    } finally {
      busy = false;
      send.removeAttribute("aria-disabled");
      lately = Date.now();
      lookSoon();
    }
  }

  // To where what came can be read from its beginning.
  function inSight(came) {
    const since = came.slice(came.map((line) => line.classList.contains("own")).lastIndexOf(true) + 1);
    const first = since[0] || came[came.length - 1];
    if (!first) return;
    const own = first.previousElementSibling;
    const top = own && own.classList.contains("own") && own.offsetHeight < innerHeight / 4 ? own : first;
    top.scrollIntoView({ block: "start" });
  }

  async function look() {
    if (busy || document.hidden) return;
    const response = await fetch(`/chat/lines?after=${revision}`).catch(() => null);
    if (!response?.ok || busy) return;
    const isAtEnd = innerHeight + scrollY > document.body.scrollHeight - 300;
    const came = changed(await response.text());
    if (!came.length) return;
    state.textContent = "";
    lately = Date.now();
    if (isAtEnd) inSight(came);
  }

  // Often after something was said, seldom later.
  function lookSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => look().finally(lookSoon), Date.now() - lately < 120000 ? 4000 : 15000);
  }

  function fields(of, button) {
    const all = new FormData(of);
    if (button) all.set(button.name, button.value);
    return all;
  }

  async function write() {
    const text = box.value;
    const attached = file.files[0];
    if (!text.trim() && !attached) { state.textContent = words.empty; box.focus(); return; }
    if (attached && attached.size > mostBytes) { state.textContent = words.tooBig; return; }
    if (!await said(fields(form), [attached?.name, text.trim()].filter(Boolean).join("\n"))) return;
    if (box.value === text) box.value = "";
    file.value = "";
    attach.open = false;
  }

  function point(button) {
    const refused = () => { state.textContent = words.refused; box.focus(); };
    const found = ({ coords }) => {
      const where = fields(button.form);
      where.set("lat", coords.latitude);
      where.set("lon", coords.longitude);
      said(where);
    };
    navigator.geolocation.getCurrentPosition(found, refused, { timeout: 20000, maximumAge: 60000 });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write();
  });

  box.addEventListener("keydown", (event) => {
    // While a letter is being composed, Enter belongs to the keyboard software.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard) return;
    event.preventDefault();
    write();
  });

  // Clicks, which a key on a button makes too: in older browsers a form that is sent does not tell by which button.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=tap], button[name=say], .place");
    if (!button) return;
    event.preventDefault();
    if (button.classList.contains("place")) point(button);
    else said(fields(button.form, button), button.textContent);
  });

  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

  offered();
  document.getElementById("newest")?.scrollIntoView();
  look().finally(lookSoon);
})();
