import { expect } from 'chai';
import type { Locator, Page, Request } from 'playwright-core';
import { type Browser, shoot } from './browser.ts';

type Value = string | string[] | boolean;

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const labelled = (label: string): RegExp => new RegExp(`^${plain(label)}(\\s?\\*)?$`);

/** Letters that a Chinese page may show: names of things that have no other. */
const known = /^(?:PDF|png|WH|ZF|XF|JZXX|KGSS|MA|AV|QW|DSJ|[A-Z])$/;

/** Somebody at a desk of his own, who sees the screens and presses what is written on them. */
export class Person {
  readonly page: Page;
  private readonly seen: string[] = [];
  private readonly asked = new Set<Request>();

  private constructor(page: Page) {
    this.page = page;
    const answered = (request: Request) => this.asked.delete(request);
    // the stream of notices is never answered in full
    page.on('request', (request) => request.url().endsWith('/api/events') || this.asked.add(request));
    page.on('requestfinished', answered);
    page.on('requestfailed', answered);
    page.on('pageerror', (error) => this.seen.push(`script: ${error.message}`));
    page.on('console', (line) => {
      // a refused request is told by the browser too; the page tells it in words
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) this.seen.push(line.text());
    });
  }

  static async at(browser: Browser, size?: { width: number; height: number }): Promise<Person> {
    return new Person(await browser.desk(size));
  }

  /** Signs in by typing. */
  static async signIn(browser: Browser, login: string, password: string, size?: { width: number; height: number }) {
    const person = await Person.at(browser, size);
    await person.page.goto('/');
    await person.type('账号', login);
    await person.type('密码', password);
    const enter = person.page.getByRole('button', { name: '登录', exact: true });
    await enter.click();
    await enter.waitFor({ state: 'detached' });
    await person.settled();
    return person;
  }

  /** What went wrong in the pages without being said. */
  get troubles(): readonly string[] {
    return this.seen;
  }

  async leave(): Promise<void> {
    expect(this.seen, 'errors and foreign words').to.deep.equal([]);
    await this.page.context().close();
  }

  async go(name: string): Promise<void> {
    await this.page.getByRole('menuitem', { name, exact: true }).click();
    await this.settled();
  }

  async see(text: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await within.getByText(text).filter({ visible: true }).first().waitFor();
  }

  async press(name: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name, exact: true }).first().click();
  }

  async open(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('link', { name }).first().click();
    await this.settled();
  }

  /** A box of text, number or time. */
  async type(label: string, text: string, within: Page | Locator = this.page): Promise<void> {
    await within
      .getByRole('textbox', { name: labelled(label) })
      .or(within.getByLabel(labelled(label)))
      .first()
      .fill(text);
  }

  /** The dialog that stands open. */
  get dialog(): Locator {
    return this.page.getByRole('dialog').last();
  }

  /** Lets the form of a new record propose its number. */
  async proposeNumber(): Promise<void> {
    const propose = this.dialog.getByRole('button', { name: '生成编号', exact: true });
    await propose.click();
    await propose.waitFor({ state: 'detached' });
  }

  /** Fills in a form as it is declared: whatever kind of box bears the label. */
  async fill(values: Record<string, Value>, form: Locator = this.dialog): Promise<void> {
    await form.waitFor();
    for (const [label, value] of Object.entries(values)) {
      if (!(await this.box(form, label).count())) await this.showOptional(form);
      await this.enter(form, label, value);
    }
  }

  /** Presses the button of a dialog and waits until it is gone. */
  async confirm(button: string): Promise<void> {
    const dialog = this.dialog;
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await this.settled();
  }

  /** Nothing is asked any more, and what was answered is drawn. */
  async settled(): Promise<void> {
    const busy = this.page.locator('[aria-busy="true"]').first();
    do {
      await busy.waitFor({ state: 'detached' });
      await this.page.waitForTimeout(60);
    } while (this.asked.size > 0 || (await busy.count()) > 0);
  }

  /** Takes a picture of the page and looks for English and code names in what it shows, but for names of accounts. */
  async look(name: string, accounts: readonly string[] = []): Promise<void> {
    await this.settled();
    await shoot(this.page, name);
    const text = await this.page.evaluate<string>(`[
      document.body.innerText,
      document.title,
      ...[...document.querySelectorAll('[placeholder], [title], [aria-label]')].flatMap((one) =>
        ['placeholder', 'title', 'aria-label'].map((name) => one.getAttribute(name) ?? '')),
    ].join('\\n')`);
    // the switch to English speaks to those who read it
    const words =
      text.replace(/^(EN|Switch to English)$/gm, '').match(/\b[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*/g) ?? [];
    const strange = words.filter((word) => !/\d/.test(word) && !known.test(word) && !accounts.includes(word));
    if (strange.length > 0) this.seen.push(`not Chinese in ${name}: ${[...new Set(strange)].join(' ')}`);
  }

  private box(form: Locator, label: string): Locator {
    const name = labelled(label);
    return form
      .getByRole('combobox', { name })
      .or(form.getByRole('radiogroup', { name }))
      .or(form.getByRole('group', { name }))
      .or(form.getByRole('textbox', { name }))
      .or(form.getByRole('spinbutton', { name }))
      .filter({ visible: true });
  }

  private async showOptional(form: Locator): Promise<void> {
    const more = form.getByRole('button', { name: /^选填/, expanded: false });
    if (await more.count()) await more.first().click();
  }

  private async enter(form: Locator, label: string, value: Value): Promise<void> {
    const box = this.box(form, label).first();
    await box.waitFor();
    const role = await box.getAttribute('role');
    if (typeof value === 'boolean') {
      await box.getByRole('button', { name: value ? '是' : '否', exact: true }).click();
    } else if (role === 'radiogroup') {
      await box.getByRole('radio', { name: String(value), exact: true }).check();
    } else if (role === 'combobox' && (await form.locator('input[role=combobox]').and(box).count()) > 0) {
      for (const one of [value].flat()) {
        // proposed already
        if ((await box.inputValue()).startsWith(one)) continue;
        await box.fill(one);
        await this.page.getByRole('option', { name: one }).first().click();
      }
    } else if (role === 'combobox') {
      await box.click();
      for (const one of [value].flat()) await this.page.getByRole('option', { name: one, exact: true }).click();
      if (Array.isArray(value)) await this.page.keyboard.press('Escape');
    } else {
      await box.fill(String(value));
      await box.blur();
    }
  }
}
