// A person's way through the pages, at the width of a phone and of a desk; see run.sh.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [waybill, ledger, out] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the server on any free port and waits for its address. */
async function serve() {
  const server = spawn(waybill, ["--ledger", ledger, "serve", "--listen", "127.0.0.1:0", "--rate", "1000"]);
  const address = await new Promise((resolve, reject) => {
    let told = "";
    server.stderr.on("data", (bytes) => {
      told += bytes;
      const found = told.match(/http:\/\/[0-9.:]+\//);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
  });
  return { server, address };
}

/** Holds a page to axe's rules of WCAG 2.2 AA, keeps a picture of it, and sees that nothing runs out of it. */
async function look(page, name, width) {
  // The policy of the pages lets no script in: axe comes through the debugger, as a person's tools do.
  await page.evaluate(`${axe}; undefined`);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), tags);
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const words = serious.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" ")}`);
  assert.deepEqual(words, [], `${name} at ${width}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} at ${width} runs ${wide} pixels out of the window`);
  await page.screenshot({ path: `${out}/${name}-${width}.png`, fullPage: true });
  console.log(`${name} at ${width}: ${found.passes.length} rules pass, ${found.violations.length} minor`);
}

async function walk(browser, address, width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));

  await page.goto(address);
  await look(page, "overview", width);

  // Filter, and see that the filter is in the address and stays in the form.
  const first = page.locator("ul.deals a").first();
  const name = (await first.textContent()).split(" → ")[1].split(":")[0].trim();
  await page.getByRole("textbox", { name: "Recipient" }).fill(name);
  await page.getByRole("button", { name: "Show" }).click();
  assert.ok(new URL(page.url()).searchParams.get("recipient") === name);
  assert.equal(await page.getByRole("textbox", { name: "Recipient" }).inputValue(), name);
  await look(page, "filtered", width);

  // The list of all, and a contested deal in it.
  await page.goto(`${address}deals`);
  await look(page, "deals", width);
  await page.goto(`${address}deals?contested=true`);
  await page.locator("tbody th a").first().click();
  await look(page, "deal", width);
  const deal = page.url();

  // A claim leads to its words in the article, and claim and words light up together.
  const claims = page.locator("table.claims tbody tr");
  const count = await claims.count();
  const words = (await claims.first().locator("q").textContent()).trim();
  await claims.first().locator("td a").first().click();
  const card = page.locator("section.claim:target");
  assert.equal(await card.count(), 1);
  const marked = await page.locator("article mark").allTextContents();
  assert.ok(marked.join(" ").includes(words.slice(0, 20)), words);
  await card.focus();
  assert.ok((await page.locator("mark.lit").count()) > 0, "the words of the claim light up");
  await look(page, "document", width);

  // Judge a claim, and undo it.
  await page.goto(deal);
  await page.getByRole("button", { name: "Reject", exact: true }).last().click();
  await page.waitForLoadState();
  if (page.url() === deal) assert.equal(await page.locator("table.claims tbody tr").count(), count - 1);
  await page.goto(deal);
  await page.locator("details", { hasText: "rejected claim" }).locator("summary").click();
  await page.locator("details", { hasText: "rejected claim" }).getByRole("button", { name: "Undo" }).first().click();
  await page.waitForLoadState();
  await page.goto(deal);
  assert.equal(await page.locator("table.claims tbody tr").count(), count);

  // Search by keyboard, then the rest of the pages.
  await page.goto(`${address}search`);
  await page.getByRole("searchbox", { name: "Words" }).fill("drones");
  await page.keyboard.press("Enter");
  await page.locator("ol.found li").first().waitFor();
  await look(page, "search", width);
  // Save it, and see it among what is followed.
  await page.getByRole("button", { name: "Save this search" }).click();
  await page.waitForURL("**/following");
  assert.ok((await page.locator("tbody tr").count()) > 0);
  await look(page, "following", width);
  for (const place of ["stories", "embargoes", "screening", "sources", "docs", "login"]) {
    await page.goto(`${address}${place}`);
    await look(page, place, width);
  }
  await page.goto(`${deal}/brief`);
  await look(page, "brief", width);

  // Export.
  const table = await context.request.get(`${address}api/v1/deals?format=csv`);
  assert.ok((await table.text()).startsWith("supplier,recipient,"));
  assert.deepEqual(errors, [], "the console is quiet");

  // Everything is there without script, too.
  const bare = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 900 } });
  const plain = await bare.newPage();
  await plain.goto(deal);
  assert.equal(await plain.locator("table.claims tbody tr").count(), count);
  await bare.close();
  await context.close();
}

/** The chief pages once more in the other scheme. */
async function glance(browser, address, width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(address);
  await look(page, `overview-${scheme}`, width);
  await page.goto(`${address}deals?contested=true`);
  await page.locator("tbody th a").first().click();
  await look(page, `deal-${scheme}`, width);
  await page.locator("table.claims tbody tr td a").first().click();
  await look(page, `document-${scheme}`, width);
  // What repeats a text, with the differences.
  const differences = page.getByRole("link", { name: "differences" });
  if ((await differences.count()) > 0) {
    await differences.first().click();
    await look(page, `differences-${scheme}`, width);
  }
  await context.close();
}

const { server, address } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  await walk(browser, address, 390, "light");
  await walk(browser, address, 1440, "dark");
  await glance(browser, address, 390, "dark");
  await glance(browser, address, 1440, "light");
  console.log("the way through the pages is clear");
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
}
