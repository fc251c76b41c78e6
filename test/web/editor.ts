/** Owns what an author does by hand in the editor of flows: in the tree, in the drawing, in the panel. */
import { expect, type Locator, type Page, type Request } from '@playwright/test';

/** The card of this name in the tree. */
export const card = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: '审批树' }).getByRole('button', { name, exact: true });

/** Puts something new onto one of the lines of the tree, counted from above. */
export async function insert(page: Page, line: number, what: string): Promise<void> {
  const tree = page.getByRole('region', { name: '审批树' });
  await tree.getByRole('button', { name: '在这里加' }).nth(line).click();
  await page.locator('.ant-popover:visible').getByRole('button', { name: what }).click();
}

/** Puts something new onto the line that leads to the card of this name, within these phases. */
export async function insertBefore(page: Page, name: string, what: string, phases: readonly string[]): Promise<void> {
  const tree = page.getByRole('region', { name: '审批树' });
  for (const phase of phases)
    await tree
      .locator('summary')
      .filter({ hasText: new RegExp(`^${phase}$`) })
      .click();
  await card(page, name).locator('xpath=preceding::button[@aria-label="在这里加"][1]').click();
  await page.locator('.ant-popover:visible').getByRole('button', { name: what }).click();
}

/** One of the buttons of a step in the tree: 上移, 下移, 删除. */
export async function press(page: Page, step: string, button: string): Promise<void> {
  await page
    .locator('.flow-tree-card')
    .filter({ has: page.getByRole('button', { name: step, exact: true }) })
    .getByRole('button', { name: button })
    .click();
}

/** Writes a text of the panel, as one does who then goes on to something else. */
export async function write(page: Page, label: string, text: string): Promise<void> {
  const field = page.locator('.flow-panel').getByLabel(label, { exact: true }).first();
  await field.fill(text);
  await field.blur();
}

export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).filter({ visible: true }).last().click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
}

/** Who does the selected step, as an expression. */
export async function assignBy(page: Page, expression: string): Promise<void> {
  const field = page.locator('[data-attribute="Task.assignees"]');
  const byExpression = field.getByRole('button', { name: '写表达式' });
  if (await byExpression.isVisible()) await byExpression.click();
  await field.getByRole('textbox').fill(expression);
  await field.getByRole('textbox').blur();
}

export async function addOutcome(page: Page, key: string, label: string): Promise<void> {
  const add = page.getByRole('button', { name: '加一项办理选项' });
  if (!(await add.isVisible())) await page.locator('.flow-panel summary', { hasText: '办理选项' }).click();
  await add.click();
  const outcome = page.locator('.flow-item-body').filter({ visible: true });
  await outcome.getByLabel(/^标识/).fill(key);
  await outcome.getByLabel(/^名称/).fill(label);
  await page.keyboard.press('Tab');
}

/** What is drawn for an element of the file. */
export const drawn = (page: Page, id: string): Locator => page.locator(`.djs-element[data-element-id="${id}"]`);

/** Nothing is selected, whose buttons would lie over others; everything is in sight. */
async function stepBack(page: Page): Promise<void> {
  const canvas = page.locator('.flow-canvas');
  const { width } = (await canvas.boundingBox())!;
  await canvas.click({ position: { x: width - 30, y: 30 } });
  await page.getByRole('button', { name: '适合窗口' }).click();
}

/** Selects one thing of the drawing, which is in sight as a whole; a second click would let go of it. */
export async function select(page: Page, id: string): Promise<void> {
  const one = drawn(page, id);
  if (/\bselected\b/.test((await one.getAttribute('class')) ?? '')) return;
  await stepBack(page);
  const { x, y } = await placeOf(page, id);
  await page.mouse.click(x, y);
  await expect(one).toHaveClass(/\bselected\b/);
}

/** The middle of a shape or of a straight line on the screen, and where it ends below. */
async function placeOf(page: Page, id: string): Promise<{ x: number; y: number; bottom: number }> {
  const visual = drawn(page, id).locator('.djs-visual');
  await expect(visual).toBeAttached();
  return visual.evaluate((group) => {
    const { x, y, width, height, bottom } = group.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2, bottom };
  });
}

/** Takes a thing from the palette and puts it onto the middle of what is drawn, or onto its lower edge. */
export async function put(page: Page, icon: string, onto: string, edge: 'middle' | 'below' = 'middle'): Promise<void> {
  await stepBack(page);
  const { x, y, bottom } = await placeOf(page, onto);
  const at = { x, y: edge === 'middle' ? y : bottom };
  await page.locator(`.djs-palette [data-action="create.${icon}"]`).click();
  await page.mouse.move(at.x - 30, at.y - 30);
  await page.mouse.move(at.x, at.y, { steps: 5 });
  await page.mouse.click(at.x, at.y);
}

/** Puts what follows behind the selected element. */
export const append = (page: Page, icon: string): Promise<void> =>
  page.locator(`.djs-context-pad [data-action="append.${icon}"]`).filter({ visible: true }).click();

export const noProblems = (page: Page): Promise<void> =>
  expect(page.getByText('没有问题')).toBeVisible({ timeout: 90_000 });

export const saved = (page: Page): Promise<void> => expect(page.getByText(/已于 .* 保存/)).toBeVisible();

/** The text of what is open, whether or not there is another way to edit it. */
export async function sourceOf(page: Page): Promise<Locator> {
  const text = page.getByRole('textbox', { name: /源文本/ });
  const button = page.getByRole('button', { name: '源文本', exact: true });
  await expect(text.or(button).first()).toBeVisible();
  if (await button.isVisible()) await button.click();
  return text;
}

/** Back to the change; what has not been saved yet is saved on the way. */
export async function leaveEditor(page: Page): Promise<void> {
  const asked = new Set<Request>();
  const ask = (request: Request) => void (request.resourceType() === 'eventsource' || asked.add(request));
  const answered = (request: Request) => void asked.delete(request);
  page.on('request', ask).on('requestfinished', answered).on('requestfailed', answered);
  await page.getByRole('link', { name: '返回变更' }).click();
  await expect(page.getByRole('link', { name: '对比', exact: true })).toBeVisible();
  // The stream that tells of changes does not end, so that the network as a whole is never idle.
  await expect(async () => {
    expect(asked.size).toBe(0);
    await page.waitForTimeout(300);
    expect(asked.size).toBe(0);
  }).toPass();
  page.off('request', ask).off('requestfinished', answered).off('requestfailed', answered);
}
