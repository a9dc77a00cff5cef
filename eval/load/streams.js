// STREAMS people each hold one open stream of server-sent events at the same time, three times over, and hear it to its end.
//   k6 run -e QUESTIONS=…/everyday-test.jsonl -e URL=http://127.0.0.1:8000 eval/load/streams.js
import http from "k6/http";
import { check } from "k6";
import { SharedArray } from "k6/data";

const questions = new SharedArray("questions", () =>
  open(__ENV.QUESTIONS).trim().split("\n").map((line) => JSON.parse(line).text),
);
const streams = Number(__ENV.STREAMS || 100);

export const options = {
  scenarios: { streams: { executor: "per-vu-iterations", vus: streams, iterations: 3, maxDuration: "180s" } },
  summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
  thresholds: { checks: ["rate==1"] },
};

export default function () {
  const question = questions[(__VU * 7919 + __ITER) % questions.length];
  const heard = http.post(`${__ENV.URL}/api/v1/ask/stream`, JSON.stringify({ question }), {
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${__ENV.KEY}` },
    timeout: "120s",
  });
  check(heard, {
    "heard to its end": (one) => one.status === 200 && one.body.includes("event: end"),
    "no stream failed": (one) => !one.body.includes("event: error"),
  });
}
