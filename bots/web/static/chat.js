"use strict";
// The page works without this script for one question; with it, questions follow one another and an answer can be stopped.
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("question");
  const send = form.querySelector("button");
  const examples = document.getElementById("examples");
  const turns = document.getElementById("turns");
  const state = document.getElementById("state");
  const remove = document.getElementById("delete");
  const words = document.getElementById("words").dataset;
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  let conversation = sessionStorage.getItem("conversation");
  // The question under way, so that a reload hears its answer: the same request is never asked twice.
  let unanswered = JSON.parse(sessionStorage.getItem("unanswered"));
  let underway = null;
  // What stood in the box when a question was taken there to be corrected.
  let putAside = "";
  // A question taken to the box to be corrected is not to be read in the light of the one it corrects.
  let corrects = false;

  class Refused extends Error {}

  const post = (address, body, signal) => fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  const newId = () => crypto.getRandomValues(new Uint32Array(4)).reduce((text, number) => text + number.toString(16), "web-");

  function fragment(html) {
    return new DOMParser().parseFromString(html, "text/html").body;
  }

  function keep(name, value) {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  }

  function remember(id) {
    conversation = id;
    keep("conversation", id);
    remove.hidden = !id;
  }

  async function refusal(response) {
    const problem = await response.json();
    return new Refused(`${problem.title}. ${problem.detail}`);
  }

  async function started(signal) {
    if (conversation) return conversation;
    const response = await post("/api/v1/conversations", {}, signal);
    if (!response.ok) throw await refusal(response);
    remember((await response.json()).conversation);
    return conversation;
  }

  async function opened(asked, signal) {
    for (let mayExpire = true; ; mayExpire = false) {
      const response = await post("/chat/ask", { ...asked, conversation: await started(signal) }, signal);
      if (response.ok) return response;
      if (response.status !== 404 || !mayExpire) throw await refusal(response);
      remember(null);
    }
  }

  async function* events(response) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let buffer = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const blocks = buffer.split(/\r?\n\r?\n/);
      buffer = blocks.pop();
      for (const block of blocks) {
        const field = (name) => block.split(/\r?\n/).find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        if (field("event")) yield { name: field("event"), data: JSON.parse(field("data")) };
      }
    }
  }

  async function answerOf(asked, signal) {
    let html = null;
    for await (const { name, data } of events(await opened(asked, signal))) {
      if (name === "error") throw new Refused(words.failed);
      if (name === "text") html = data.text;
      if (name === "end" && html) return fragment(html).firstElementChild;
    }
    throw new Refused(words.failed);
  }

  // To where it can be read from its beginning, unless it is there already. Under a long message that is where the answer begins.
  function inSight(turn) {
    const top = (element) => element.getBoundingClientRect().top;
    const answer = turn.querySelector(".answer, .searching");
    const begun = top(answer) - top(turn) > innerHeight / 2 ? answer : turn;
    if (top(begun) < 0 || top(begun) > innerHeight / 3) begun.scrollIntoView({ block: "start" });
  }

  function pending(question) {
    const turn = document.getElementById("pending").content.cloneNode(true).firstElementChild;
    turn.querySelector(".asked").textContent = question;
    turn.querySelector(".stop").addEventListener("click", () => underway.abort());
    if (examples) examples.hidden = true;
    turns.append(turn);
    inSight(turn);
    return turn;
  }

  function replaced(turn, answer) {
    const held = turn.contains(document.activeElement);
    turn.replaceWith(answer);
    inSight(answer);
    if (held) answer.focus({ preventScroll: true });
  }

  function request(question, choice) {
    const again = unanswered && unanswered.question === question && unanswered.choice === choice;
    if (!again) unanswered = { question, choice, alone: corrects, request_id: newId() };
    keep("unanswered", JSON.stringify(unanswered));
    return unanswered;
  }

  function settled() {
    unanswered = null;
    keep("unanswered", null);
  }

  // The browser says so in its own words.
  function missing() {
    box.value = "";
    state.textContent = "";
    form.reportValidity();
  }

  async function ask(question, choice = null) {
    if (underway) return;
    if (!question.trim()) { missing(); return; }
    if (question.length > words.limit) { state.textContent = words.tooLong; return; }
    const asked = request(question, choice);
    const turn = pending(question);
    underway = new AbortController();
    send.setAttribute("aria-disabled", "true");
    state.textContent = "";
    try {
      replaced(turn, await answerOf(asked, underway.signal));
      settled();
      corrects = false;
      if (box.value === question) { box.value = putAside; putAside = ""; }
    } catch (error) {
      given(turn, question, error);
    }
    send.removeAttribute("aria-disabled");
    underway = null;
  }

  // No answer came: the question goes back to the box, and is asked under the same id if it is sent again.
  function given(turn, question, error) {
    const stopped = underway.signal.aborted;
    const held = turn.contains(document.activeElement);
    turn.remove();
    if (examples) examples.hidden = turns.childElementCount > 0;
    if (!box.value.trim()) box.value = question;
    if (stopped) keep("unanswered", null);
    state.textContent = stopped ? words.stopped : error instanceof Refused ? error.message : words.unreachable;
    if (held) box.focus();
  }

  function correct(text) {
    if (box.value.trim() && box.value !== text) putAside = box.value;
    corrects = true;
    box.value = text;
    box.focus();
    box.setSelectionRange(text.length, text.length);
    state.textContent = words.correcting;
  }

  async function complain(button) {
    const turn = button.closest(".turn");
    const feedback = button.closest(".feedback");
    feedback.disabled = true;
    const kind = button.dataset.kind;
    const number = Number(turn.dataset.turn);
    const note = feedback.querySelector("textarea").value.trim();
    const body = { request_id: `${turn.dataset.request}-${kind}`, kind, note, provision: feedback.dataset.provision || null, conversation, turn: number };
    const response = await post("/api/v1/answer-feedback", body).catch(() => null);
    if (!response?.ok) {
      feedback.disabled = false;
      button.focus();
      state.textContent = words.unsent;
      return;
    }
    const thanks = fragment(`<p class="thanks" tabindex="-1"></p>`).firstElementChild;
    thanks.textContent = words.thanks;
    feedback.replaceWith(thanks);
    thanks.focus();
  }

  // After a reload, or back from the page of a provision.
  async function restored() {
    if (conversation) {
      const response = await post("/chat/turns", { conversation }).catch(() => null);
      if (response?.status === 404) remember(null);
      if (response?.ok) turns.prepend(...fragment(await response.text()).children);
      if (turns.lastElementChild) {
        if (examples) examples.hidden = true;
        inSight(turns.lastElementChild);
      }
    }
    if (!unanswered) return;
    if (turns.querySelector(`[data-request="${unanswered.request_id}"]`)) settled();
    else await ask(unanswered.question, unanswered.choice);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value);
  });

  box.addEventListener("keydown", (event) => {
    // While a letter is being composed, Enter belongs to the keyboard software.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard) return;
    event.preventDefault();
    send.click();
  });

  // Clicks, which a key on a button makes too: in older browsers a form that is sent does not tell by which button.
  examples?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    ask(button.value);
  });

  turns.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.closest(".feedback")) complain(button);
    // What is sent on goes to a page of its own.
    if (button.type !== "submit" || button.name === "offer") return;
    event.preventDefault();
    if (button.name === "draft") correct(button.value);
    else ask(button.form.elements.q.value, button.value);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") underway?.abort();
  });

  remove.addEventListener("click", async () => {
    underway?.abort();
    const response = await fetch(`/api/v1/conversations/${conversation}`, { method: "DELETE", headers }).catch(() => null);
    if (!response?.ok && response?.status !== 404) { state.textContent = words.unsent; return; }
    remember(null);
    settled();
    turns.textContent = "";
    if (examples) examples.hidden = false;
    state.textContent = words.deleted;
    box.focus();
  });

  document.getElementById("keys").hidden = !hasKeyboard;
  remove.hidden = !conversation;
  restored();
})();
