// Extractive answers over HTTP: USERS people ask one everyday question after another, for SECONDS seconds or QUESTIONS_ASKED times;
// with RATE, so many questions come each second from at most USERS people.
//   k6 run -e QUESTIONS=…/everyday-test.jsonl -e URL=http://127.0.0.1:8000 eval/load/ask.js
import http from "k6/http";
import { check } from "k6";
import { SharedArray } from "k6/data";

const questions = new SharedArray("questions", () =>
  open(__ENV.QUESTIONS).trim().split("\n").map((line) => JSON.parse(line).text),
);

const users = Number(__ENV.USERS || 8);
const byTime = { executor: "constant-vus", vus: users, duration: `${__ENV.SECONDS || 60}s` };
const byCount = { executor: "shared-iterations", vus: users, iterations: Number(__ENV.QUESTIONS_ASKED), maxDuration: "60m" };

const byRate = { executor: "constant-arrival-rate", rate: Number(__ENV.RATE), timeUnit: "1s", duration: `${__ENV.SECONDS || 60}s`, preAllocatedVUs: users, maxVUs: users };

export const options = {
  scenarios: { ask: __ENV.QUESTIONS_ASKED ? byCount : __ENV.RATE ? byRate : byTime },
  summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
  thresholds: { checks: ["rate==1"] },
};

export default function () {
  const question = questions[(__VU * 7919 + __ITER * 31) % questions.length];
  const answer = http.post(`${__ENV.URL}/api/v1/ask`, JSON.stringify({ question }), {
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${__ENV.KEY}` },
  });
  check(answer, { "answered with 200": (one) => one.status === 200 && one.json("outcome") !== undefined });
}
