/**
 * How the editors bear a large flow and a large form (`npm run bench -- design`): the built product in demo mode, driven in Chromium by a business
 * administrator. Opens a flow of 300 steps, drags the drawing and a step, renames a step, and waits for the check; then the same check in the
 * largest flow of the content; and a form of 200 fields in the form designer. Times are what the person waits; frames are those of the page while a hand moves.
 */
import { chromium } from '@playwright/test';
import { root } from '../prepare.mjs';
import { PASSWORD } from './client.mjs';
import { startServer } from './server.mjs';

const STEPS = 300;
/** Steps of one row of the drawing. */
const ROW = 20;
const CHECKED = '.flow-problems header';

export async function design({ print }) {
  const server = await startServer({ CONTENT_DIR: root });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  try {
    const look = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN', baseURL: server.address };
    const page = await (await browser.newContext(look)).newPage();
    const change = await beginChange(page);
    print('| 流程 | 打开（毫秒） | 拖动画布：帧 p50 / p95 | 拖动步骤：帧 p50 / p95 | 改一个名称后检查（毫秒） |');
    print('|---|---|---|---|---|');
    await save(page, change, { app: '', key: 'bench-300', source: chain(STEPS) });
    print(`| 300 步 | ${await measured(page, change, '-/bench-300', 's10')} |`);
    print(`| tolerance.bpmn | ${await measured(page, change, 'tolerance/tolerance')} |`);
    print('');
    print('| 表单 | 打开（毫秒） | 拖动字段：帧 p50 / p95 | 改一个名称后画出 / 检查（毫秒） |');
    print('|---|---|---|---|');
    await save(page, change, { kind: 'form', app: '', key: 'bench-200', source: fields(200) });
    print(`| 200 个字段 | ${await measuredForm(page, change, '-/bench-200')} |`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function beginChange(page) {
  await page.goto('/');
  await page.getByLabel('用户名').fill('peiwen');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
  const { id } = await call(page, 'post', '/api/changes', { title: '性能测量', reason: '测量编辑器' });
  return id;
}

async function call(page, method, at, data) {
  const { csrf } = await (await page.request.get('/api/session')).json();
  const answer = await page.request[method](at, { data, headers: { 'x-csrf-token': csrf }, timeout: 60_000 });
  if (!answer.ok()) throw new Error(`${at}: ${await answer.text()}`);
  return answer.json();
}

const save = (page, change, named) =>
  call(page, 'put', `/api/changes/${change}/draft`, { kind: 'process', revision: 0, ...named });

/** One line of the table. */
async function measured(page, change, flow, step) {
  const from = performance.now();
  await page.goto(`/design/changes/${change}/process/${flow}`);
  const shape = step ? page.locator(`.djs-element[data-element-id="${step}"]`) : page.locator('.djs-shape').first();
  await shape.waitFor({ timeout: 120_000 });
  const opened = performance.now() - from;
  await settled(page);
  const canvas = await page.locator('.flow-canvas').boundingBox();
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height - 60 };
  const away = { x: -160, y: -120 };
  const panned = await frames(page, async () => {
    await drag(page, middle, away);
    await drag(page, { x: middle.x + away.x, y: middle.y + away.y }, { x: -away.x, y: -away.y });
  });
  const box = await shape.boundingBox();
  const moved = await frames(page, () =>
    drag(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, { x: 60, y: 60 }),
  );
  await settled(page);
  await shape.click();
  const name = page.getByLabel('名称', { exact: true }).first();
  await name.fill('另一个名称');
  await page.keyboard.press('Tab');
  const edited = performance.now();
  await page.waitForFunction((at) => document.querySelector(at)?.textContent?.includes('正在检查'), CHECKED);
  await settled(page);
  return [opened, panned, moved, performance.now() - edited].map(said).join(' | ');
}

/** One line of the table of forms. */
async function measuredForm(page, change, form) {
  // what everybody has loaded who has opened one form before
  await page.goto(`/design/changes/${change}/form/${form}`);
  await settled(page);
  await page.getByRole('link', { name: '返回变更' }).click();
  const link = page.getByRole('link', { name: '大表单' }).first();
  await link.waitFor();
  const from = performance.now();
  await link.click();
  await page.locator('[data-at="s9/f199"]').waitFor({ state: 'attached' });
  const opened = performance.now() - from;
  await settled(page);
  const box = await page.locator('[data-at="s0/f0"] > *').boundingBox();
  const moved = await frames(page, () => drag(page, { x: box.x + 30, y: box.y + 8 }, { x: 100, y: 260 }));
  await page.getByRole('treeitem').nth(3).click();
  const name = page.getByLabel('名称（中文）', { exact: true });
  await name.fill('另一个名称');
  const edited = performance.now();
  await page.keyboard.press('Tab');
  await page.locator('.fd-canvas .gw-label', { hasText: '另一个名称' }).waitFor();
  const drawn = performance.now() - edited;
  await settled(page);
  return [opened, moved, [drawn, performance.now() - edited]].map(said).join(' | ');
}

/** A form of so many fields in ten sections, of every sort in turn, each tenth with a rule. */
function fields(count) {
  const sorts = ['Text', 'Number', 'Date', 'Money', 'Switch', 'TextArea'];
  const types = { Number: 'number', Money: 'number', Switch: 'boolean' };
  const field = (index) => {
    const component = sorts[index % sorts.length];
    const rules = index % 10 === 9 && { 'x-rules': { visible: `f${index - 1} != null` } };
    return [
      `f${index}`,
      { type: types[component] ?? 'string', title: `字段 ${index}`, 'x-component': component, ...rules },
    ];
  };
  const each = count / 10;
  const sections = Array.from({ length: 10 }, (_, at) => {
    const inside = Array.from({ length: each }, (__, index) => field(at * each + index));
    const properties = Object.fromEntries(inside);
    return [`s${at}`, { type: 'void', title: `分区 ${at}`, 'x-component': 'Section', properties }];
  });
  const schema = { type: 'object', properties: Object.fromEntries(sections) };
  return JSON.stringify({ form: 'bench-200', title: '大表单', schema }, null, 2);
}

const said = (value) => (Array.isArray(value) ? value.map((ms) => ms.toFixed(0)).join(' / ') : value.toFixed(0));

const settled = (page) =>
  page.waitForFunction(
    (at) => {
      const text = document.querySelector(at)?.textContent ?? '';
      return text !== '' && !text.includes('正在检查');
    },
    CHECKED,
    { timeout: 120_000 },
  );

/** p50 and p95 of the time between frames, in milliseconds, while something is done. */
async function frames(page, deed) {
  await page.evaluate(() => {
    const times = [];
    window.benchFrames = times;
    const tick = (at) => {
      times.push(at);
      window.benchTick = requestAnimationFrame(tick);
    };
    window.benchTick = requestAnimationFrame(tick);
  });
  await deed();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(window.benchTick);
    return window.benchFrames;
  });
  const gaps = times
    .slice(1)
    .map((at, index) => at - times[index])
    .sort((a, b) => a - b);
  return [0.5, 0.95].map((share) => gaps[Math.floor(gaps.length * share)] ?? 0);
}

/** As a hand does it: in sixty small moves. */
async function drag(page, at, by) {
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let move = 1; move <= 60; move++) await page.mouse.move(at.x + (by.x * move) / 60, at.y + (by.y * move) / 60);
  await page.mouse.up();
}

/** A flow of so many steps in a row, drawn in lines. */
function chain(count) {
  const ids = ['start', ...Array.from({ length: count }, (_, index) => `s${index}`), 'end'];
  const place = (index) => ({ x: 160 + (index % ROW) * 160, y: 100 + Math.floor(index / ROW) * 140 });
  const nodes = ids.map((id) => {
    if (id === 'start')
      return `<bpmn:startEvent id="start" name="发起"><bpmn:extensionElements><ganwei:start label="发起" who="true"/></bpmn:extensionElements></bpmn:startEvent>`;
    if (id === 'end') return '<bpmn:endEvent id="end" name="办结"/>';
    return `<bpmn:userTask id="${id}" name="步骤 ${id.slice(1)}"><bpmn:extensionElements><ganwei:task assignees="head of(case.starterUnit)"><ganwei:outcome key="agree" label="同意"/></ganwei:task></bpmn:extensionElements></bpmn:userTask>`;
  });
  const shapes = ids.map((id, index) => {
    const { x, y } = place(index);
    const [width, height, down] = id === 'start' || id === 'end' ? [36, 36, 22] : [100, 80, 0];
    return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y + down}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
  });
  const lines = ids.slice(1).map((id, index) => [`f${index}`, ids[index], id]);
  const flows = lines.map(
    ([id, source, target]) => `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`,
  );
  const edges = lines.map(([id], index) => {
    const [from, to] = [place(index), place(index + 1)];
    return `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${from.x + 100}" y="${from.y + 40}"/><di:waypoint x="${to.x}" y="${to.y + 40}"/></bpmndi:BPMNEdge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<bpmn:process id="bench-300" name="三百步" isExecutable="true"><bpmn:extensionElements><ganwei:case title='"三百步"' category="测量"/></bpmn:extensionElements>
${[...nodes, ...flows].join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="bench-300">
${[...shapes, ...edges].join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`;
}
