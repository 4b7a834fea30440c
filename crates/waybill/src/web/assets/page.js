// What script adds to pages that are whole without it: evidence and claims light up together, by mouse and by keyboard;
// and the overview offers what is new since the last look.

function pair() {
  const marks = [...document.querySelectorAll("mark[data-claim]")];
  const cards = new Map([...document.querySelectorAll("section.claim")].map((card) => [card.dataset.claim, card]));
  if (cards.size === 0) return;
  const numbers = (mark) => mark.dataset.claim.split(" ");
  const light = (wanted, on) => {
    for (const number of wanted) cards.get(number)?.classList.toggle("lit", on);
    for (const mark of marks) {
      if (numbers(mark).some((number) => wanted.includes(number))) mark.classList.toggle("lit", on);
    }
  };
  const both = (element, wanted) => {
    for (const start of ["mouseenter", "focusin"]) element.addEventListener(start, () => light(wanted, true));
    for (const end of ["mouseleave", "focusout"]) element.addEventListener(end, () => light(wanted, false));
  };
  for (const mark of marks) both(mark, numbers(mark));
  for (const [number, card] of cards) both(card, [number]);
  // j and k go from claim to claim, and the text follows.
  const order = [...cards.values()];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key !== "j" && event.key !== "k") return;
    const at = order.indexOf(document.activeElement);
    const next = order[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), order.length - 1)];
    next.focus();
    document.getElementById(`w${next.dataset.claim}`)?.scrollIntoView({ block: "center" });
  });
}

function lastLook() {
  const place = document.querySelector("[data-last-look]");
  if (!place) return;
  const key = "waybill-last-look";
  const last = localStorage.getItem(key);
  localStorage.setItem(key, new Date().toISOString().slice(0, 10));
  if (!last || !/^\d{4}-\d\d-\d\d$/.test(last)) return;
  const address = new URL(location.href);
  address.searchParams.set("since", last);
  const link = document.createElement("a");
  link.href = address.pathname + address.search;
  link.textContent = `What is new since your last look, ${last}`;
  place.append(link);
}

pair();
lastLook();
