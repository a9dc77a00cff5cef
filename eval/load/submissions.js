// Submissions over HTTP: RATE a second for SECONDS seconds, each acknowledged when it is on disk; the service reads them in the background.
//   k6 run -e URL=http://127.0.0.1:8000 -e RATE=50 eval/load/submissions.js
import http from "k6/http";
import { check } from "k6";

const rate = Number(__ENV.RATE || 50);

export const options = {
  scenarios: { send: { executor: "constant-arrival-rate", rate, timeUnit: "1s", duration: `${__ENV.SECONDS || 60}s`, preAllocatedVUs: 32, maxVUs: 128 } },
  summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
  thresholds: { checks: ["rate==1"] },
};

const headers = { "Content-Type": "application/json", Authorization: `Bearer ${__ENV.KEY}` };

export function setup() {
  return { version: http.get(`${__ENV.URL}/api/v1/consent`, { headers }).json("version") };
}

export default function (given) {
  const form = {
    request_id: `load-${__VU}-${__ITER}-${Date.now()}`,
    text: `Đường liên thôn số ${__ITER} hỏng từ tháng 3, xe cứu thương không vào được. Đề nghị xã sửa trước mùa mưa.`,
    consent_version: given.version,
  };
  const answer = http.post(`${__ENV.URL}/api/v1/submissions`, JSON.stringify(form), { headers });
  check(answer, { "acknowledged with a code": (one) => one.status === 201 && one.json("code") !== undefined });
}
