// A coaching day on the train: what is typed is kept as a draft, what is handed in is sent as soon
// as there is a connection, each day with its own key so that it arrives once. The text stays in
// this browser only until it has arrived. Without this the form is simply sent.

const log = document.querySelector("[data-coaching-day]");
const PATIENCE = { typing: 1_200, failed: 4_000 };
const LONGEST_SIDE = 1600;
const PHOTO_LOST = "Das Foto wurde nicht gespeichert, bitte wählen Sie es erneut.";

const stored = (name, empty) => {
  let memory = empty;
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(name)) ?? memory;
      } catch {
        return memory;
      }
    },
    write(value) {
      memory = value;
      try {
        if (value && value.length !== 0) localStorage.setItem(name, JSON.stringify(value));
        else localStorage.removeItem(name);
      } catch {
        // No room: it lives as long as the page.
      }
    },
  };
};

const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

// A picture small enough to wait in the browser; one it cannot draw is left to the server.
const shrunk = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { name: file.name, data: canvas.toDataURL("image/jpeg", 0.8) };
};

const asFile = ({ name, data }) => {
  const bytes = Uint8Array.from(atob(data.split(",")[1]), (letter) => letter.charCodeAt(0));
  return new File([bytes], name, { type: "image/jpeg" });
};

const openLog = () => {
  const form = log.querySelector("form");
  const state = log.querySelector("[data-state]");
  const key = form.elements.form_key;
  const shelf = stored(`begleittage:${log.dataset.person}`, []);
  const typed = stored(`begleittag-entwurf:${log.dataset.person}`, null);
  let sending = false;
  let sentPhoto = null; // the chosen file that waits beside the draft
  let typing;
  let waiting;

  const say = (text, url = "") => {
    if (state.textContent !== text) state.textContent = text;
    if (!url) return;
    const link = document.createElement("a");
    link.href = url;
    link.textContent = "Ansehen";
    state.append(" ", link);
  };

  const chosen = () => form.elements.photo.files[0] ?? null;

  const fields = () => {
    const values = {};
    if (chosen() && chosen() !== sentPhoto) values.chosen_photo = chosen().name;
    if (!chosen() && sentPhoto) values.drop_photo = values.forget_photo = "on";
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") values[name] = value;
    }
    return values;
  };

  const post = (address, values, photo = null) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    if (photo) body.append("photo", asFile(photo));
    const token = form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token };
    return fetch(address, { method: "POST", redirect: "manual", headers, body });
  };

  const refused = (answer) => answer.type === "opaqueredirect" || answer.status === 403;

  const keepDraft = async () => {
    const values = typed.read();
    if (!values) return;
    try {
      const isHere = values.form_key === key.value;
      const file = isHere && chosen() !== sentPhoto ? chosen() : null;
      const photo = file && (await shrunk(file).catch(() => null));
      const answer = await post(log.dataset.draft, values, photo);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { kept, problem, url } = await answer.json();
      if (photo && kept && !problem) sentPhoto = file;
      if (isHere && values.forget_photo) sentPhoto = null;
      const isLost = values.chosen_photo && (!isHere || chosen() !== sentPhoto);
      const now = typed.read();
      if (now && JSON.stringify(now) === JSON.stringify(values)) typed.write(null);
      if (!kept) say("");
      else if (!isHere) {
        const lost = isLost ? ` ${PHOTO_LOST}` : "";
        say(`Ein angefangener Begleittag liegt bei den Entwürfen.${lost}`, url);
      } else if (isLost) say(`Entwurf gespeichert. ${problem || PHOTO_LOST}`);
      else if (!shelf.read().length) say("Entwurf gespeichert");
    } catch {
      const lost = values.chosen_photo && !chosen() ? ` ${PHOTO_LOST}` : "";
      if (!shelf.read().length) say(`Nicht verbunden. Ihr Text bleibt auf diesem Gerät.${lost}`);
    }
  };

  // The server asks back: the day becomes a draft there, and its page says what is missing.
  const askBack = async (entry, isFresh) => {
    const answer = await post(log.dataset.draft, entry.fields);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { kept, empty, url } = await answer.json();
    drop(entry);
    if (kept) location.assign(`${url}&pruefen=1`);
    else if (empty && isFresh) form.submit(); // an empty form is no draft: it says what it needs
  };

  const drop = (entry) =>
    shelf.write(shelf.read().filter((other) => other.fields.form_key !== entry.fields.form_key));

  const sendOne = async (entry, isFresh) => {
    const answer = await post(log.dataset.sync, entry.fields, entry.photo);
    if (answer.ok) {
      const { url } = await answer.json();
      drop(entry);
      if (isFresh) location.assign(url);
      else say("Der Begleittag ist übertragen.", url);
    } else if (answer.status === 422 || answer.status === 400) {
      await askBack(entry, isFresh);
    } else if (refused(answer)) {
      say("Bitte laden Sie die Seite neu und melden Sie sich an. Ihr Begleittag wartet so lange.");
      return false;
    } else {
      throw new Error(`status ${answer.status}`);
    }
    return true;
  };

  const send = async (isFresh = false) => {
    if (sending) return;
    sending = true;
    clearTimeout(waiting);
    try {
      for (const entry of shelf.read()) {
        if (!(await sendOne(entry, isFresh))) break;
      }
    } catch {
      const count = shelf.read().length;
      const what = count === 1 ? "1 Begleittag wartet" : `${count} Begleittage warten`;
      say(`Nicht verbunden. ${what} auf diesem Gerät und wird von selbst übertragen.`);
      waiting = setTimeout(send, PATIENCE.failed);
    }
    sending = false;
  };

  form.addEventListener("input", () => {
    clearTimeout(typing);
    typed.write(fields());
    typing = setTimeout(keepDraft, PATIENCE.typing);
  });

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "entwurf") {
      clearTimeout(typing);
      typed.write(null);
      return;
    }
    event.preventDefault();
    clearTimeout(typing);
    const entry = { fields: fields(), photo: null };
    const [file] = form.elements.photo.files;
    try {
      if (file) entry.photo = await shrunk(file);
    } catch {
      form.submit(); // not a picture this browser can draw: the server says what is wrong
      return;
    }
    typed.write(null);
    drop(entry);
    shelf.write([...shelf.read(), entry]);
    say("Wird übertragen …");
    await send(true);
    if (!shelf.read().some((other) => other.fields.form_key === entry.fields.form_key)) return;
    form.reset();
    key.value = newKey();
    state.scrollIntoView();
  });

  addEventListener("online", () => {
    if (shelf.read().length) send();
    else keepDraft();
  });
  const left = typed.read();
  if (left && left.form_key === key.value) {
    for (const [name, value] of Object.entries(left)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  }
  if (shelf.read().length) send();
  else if (left) keepDraft();
};

if (log) openLog();
