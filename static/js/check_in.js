// The door: a tap counts at once and is sent as soon as there is a connection. What waits is kept
// in the browser as keys, numbers and times, never with names. Without this the forms are sent.

const door = document.querySelector("[data-check-in]");
const taps = door?.querySelector("[data-taps]");
const MOST = 200;
const PATIENCE = { idle: 20_000, failed: 4_000 };
const CALM_MS = 700; // a double tap is one tap

const shelf = {
  name: `einlass:${door?.dataset.meeting}`,
  memory: [],
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? this.memory;
    } catch {
      return this.memory;
    }
  },
  write(steps) {
    this.memory = steps;
    try {
      if (steps.length) localStorage.setItem(this.name, JSON.stringify(steps));
      else localStorage.removeItem(this.name);
    } catch {
      // No storage: the steps live as long as the page.
    }
  },
};

const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

const openDoor = () => {
  const people = new Map();
  for (const row of door.querySelectorAll("[data-person]")) people.set(row.dataset.person, row);
  const connection = door.querySelector("[data-connection]");
  const token = taps.querySelector("[name=csrfmiddlewaretoken]").value;
  const offset = Date.parse(door.dataset.now) - Date.now(); // the phone's clock may be wrong
  const touched = new Map();
  let sending = false;
  let timer;

  const clockTime = (moment) =>
    moment.toLocaleTimeString("de-DE", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Berlin",
    });

  const count = () => {
    door.querySelector("[data-count]").textContent =
      door.querySelectorAll("[data-person][data-here]").length;
    for (const office of door.querySelectorAll("[data-office]")) {
      office.querySelector("[data-office-count]").textContent =
        office.querySelectorAll("[data-here]").length;
    }
  };

  const show = (row, isHere, text) => {
    row.toggleAttribute("data-here", isHere);
    row.querySelector("[data-state]").textContent = text;
    row.querySelector("button[value$=':arrived']").hidden = isHere;
    row.querySelector("button[value$=':undone']").hidden = !isHere;
  };

  const say = (text, tone = "") => {
    if (connection.textContent !== text) connection.textContent = text;
    connection.toggleAttribute("data-tone", Boolean(tone));
  };

  const waiting = (steps) =>
    steps.length === 1 ? "1 Schritt wartet" : `${steps.length} Schritte warten`;

  const showWaiting = () => {
    for (const step of shelf.read()) {
      const row = people.get(String(step.registration));
      const isHere = step.kind === "arrived";
      const since = clockTime(new Date(step.happened_at));
      if (row) show(row, isHere, isHere ? `da seit ${since} Uhr, wird übertragen` : "");
    }
    count();
  };

  const apply = (steps, answer) => {
    const done = new Set(steps.map((step) => step.key));
    const left = shelf.read().filter((step) => !done.has(step.key));
    shelf.write(left);
    const busy = new Set(left.map((step) => String(step.registration)));
    for (const [number, row] of people) {
      if (busy.has(number)) continue;
      const since = answer.here[number];
      show(row, Boolean(since), since ? `da seit ${since} Uhr` : "");
    }
    steps.forEach((step, place) => {
      const row = people.get(String(step.registration));
      const { state, text } = answer.results[place];
      if (row && state !== "done") row.querySelector("[data-state]").textContent = text;
    });
    door.querySelector("[data-expected]").textContent = answer.expected;
    showWaiting();
    if (!left.length) say(done.size ? "verbunden, alles übertragen" : "");
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    const steps = shelf.read().slice(0, MOST);
    let pause = PATIENCE.idle;
    try {
      const answer = await fetch(door.dataset.checkIn, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(steps),
      });
      if (answer.ok) {
        apply(steps, await answer.json());
        if (shelf.read().length) pause = 0;
      } else if (answer.status >= 500) {
        throw new Error(`status ${answer.status}`);
      } else {
        const rest = steps.length ? `, ${waiting(steps)}` : "";
        say(`Bitte laden Sie die Seite neu und melden Sie sich an${rest}`, "danger");
      }
    } catch {
      const kept = shelf.read();
      say(kept.length ? `nicht verbunden, ${waiting(kept)}` : "nicht verbunden", "warning");
      pause = PATIENCE.failed;
    }
    sending = false;
    timer = setTimeout(send, pause);
  };

  taps.addEventListener("submit", (event) => {
    const [registration, kind] = event.submitter.value.split(":");
    event.preventDefault();
    const now = Date.now();
    if (now - (touched.get(registration) ?? 0) < CALM_MS) return;
    touched.set(registration, now);
    const step = {
      key: newKey(),
      registration: Number(registration),
      kind,
      happened_at: new Date(now + offset).toISOString(),
    };
    shelf.write([...shelf.read(), step]);
    showWaiting();
    const row = people.get(registration);
    row.querySelector("button:not([hidden])").focus();
    send();
  });

  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  showWaiting();
  if (shelf.read().length) send();
  else timer = setTimeout(send, PATIENCE.idle);
};

const openSearch = () => {
  const form = door.querySelector("[data-search]");
  const field = form.querySelector("input");
  const spelled = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const folded = (text) => text.toLowerCase().replace(/[äöüß]/g, (letter) => spelled[letter]);
  const narrow = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const office of door.querySelectorAll("[data-office]")) {
      let inOffice = 0;
      for (const row of office.querySelectorAll("[data-person]")) {
        const text = folded(row.dataset.text);
        row.hidden = !words.every((word) => text.includes(word));
        inOffice += !row.hidden;
      }
      office.hidden = !inOffice;
      found += inOffice;
    }
    door.querySelector("[data-nobody]").hidden = found > 0;
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", narrow);
};

if (door && taps) {
  openDoor();
  // A list the server has narrowed lacks people; there the search asks the server again.
  if (!door.querySelector("[data-search] input").value) openSearch();
}
