"use strict";
// The page works without this script for one question; with it, questions follow one another and answers arrive as events.
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("question");
  const turns = document.getElementById("turns");
  const state = document.getElementById("state");
  const words = document.getElementById("words").dataset;
  const routes = JSON.parse(words.routes || "{}");
  const remove = document.getElementById("delete");
  const language = document.documentElement.lang;
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  let conversation = sessionStorage.getItem("conversation");
  remove.hidden = !conversation;

  const newId = () => crypto.getRandomValues(new Uint32Array(4)).reduce((text, number) => text + number.toString(16), "web-");

  async function started() {
    if (conversation) return conversation;
    const response = await fetch("/api/v1/conversations", { method: "POST", headers });
    if (!response.ok) throw new Error("no conversation");
    conversation = (await response.json()).conversation;
    sessionStorage.setItem("conversation", conversation);
    remove.hidden = false;
    return conversation;
  }

  function forgotten() {
    conversation = null;
    sessionStorage.removeItem("conversation");
    remove.hidden = true;
  }

  function shown(question) {
    const turn = document.getElementById("turn").content.cloneNode(true).querySelector("li");
    turn.querySelector(".asked").textContent = question;
    turn.querySelector(".text").textContent = words.searching;
    turns.append(turn);
    return turn;
  }

  function withSources(turn, citations) {
    const list = turn.querySelector(".sources");
    const seen = new Set();
    for (const citation of citations) {
      if (seen.has(citation.provision)) continue;
      seen.add(citation.provision);
      const link = document.createElement("a");
      link.href = `/provisions/${encodeURI(citation.provision)}?lang=${language}`;
      link.textContent = citation.provision;
      const item = document.createElement("li");
      item.append(link, citation.heading ? `: ${citation.heading}` : "");
      list.append(item);
    }
    turn.querySelector(".with-sources").hidden = seen.size === 0;
  }

  function withOptions(turn, question, options) {
    for (const option of options) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = routes[option] || option;
      button.addEventListener("click", () => asked(question, option));
      turn.querySelector(".options").append(button);
    }
  }

  function withFeedback(turn, provision) {
    const feedback = turn.querySelector(".feedback");
    feedback.hidden = false;
    for (const button of feedback.querySelectorAll("button")) {
      button.addEventListener("click", async () => {
        const body = { request_id: newId(), kind: button.dataset.kind, provision, conversation };
        const response = await fetch("/api/v1/answer-feedback", { method: "POST", headers, body: JSON.stringify(body) });
        if (!response.ok) { state.textContent = words.failed; return; }
        feedback.textContent = words.thanks;
      });
    }
  }

  function heard(turn, question, event, data) {
    if (event === "citations") {
      withSources(turn, data.citations);
      withFeedback(turn, data.citations.length ? data.citations[0].provision : null);
    } else if (event === "text") {
      turn.querySelector(".text").textContent = data.text;
      withOptions(turn, question, data.options);
    } else if (event === "error") {
      throw new Error("failed");
    }
    return event === "end";
  }

  async function listened(response, turn, question) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error("cut short");
      buffer += value.replaceAll("\r\n", "\n");
      let end;
      while ((end = buffer.indexOf("\n\n")) >= 0) {
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        const field = (name) => block.split("\n").filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
        if (field("event") && heard(turn, question, field("event"), JSON.parse(field("data")))) return;
      }
    }
  }

  async function answered(question, choice, request) {
    const body = JSON.stringify({ question, conversation: await started(), request_id: request, choice });
    return fetch("/api/v1/ask/stream", { method: "POST", headers, body });
  }

  async function asked(question, choice = null) {
    const turn = shown(question);
    const request = newId();
    const send = form.querySelector("button");
    send.disabled = true;
    state.textContent = words.searching;
    try {
      let response = await answered(question, choice, request);
      if (response.status === 404) {
        forgotten();
        response = await answered(question, choice, request);
      }
      if (!response.ok) throw new Error((await response.json()).detail);
      await listened(response, turn, question);
      state.textContent = "";
      if (box.value === question) box.value = "";
    } catch (error) {
      turn.remove();
      state.textContent = words.failed;
    }
    send.disabled = false;
    box.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value;
    if (question.trim()) asked(question);
  });

  remove.addEventListener("click", async () => {
    const response = await fetch(`/api/v1/conversations/${conversation}`, { method: "DELETE", headers });
    if (!response.ok && response.status !== 404) { state.textContent = words.failed; return; }
    forgotten();
    turns.replaceChildren();
    state.textContent = words.deleted;
  });
})();
