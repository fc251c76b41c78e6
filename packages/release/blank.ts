/**
 * Owns what a new definition begins with: the least of its kind that has no error and can be published as it is, so that its author begins
 * from something that works. Rule: [DIF5].
 */
import type { Definition, Kind } from './definition.ts';

/** Kinds of which there can be more. */
export type BlankKind = Extract<
  Kind,
  'process' | 'form' | 'decision' | 'letter' | 'ledger' | 'dictionary' | 'calendar'
>;

/** `title`: what it is to be called, in Chinese. */
export function blankSource({ kind, key }: Pick<Definition, 'key'> & { kind: BlankKind }, title: string): string {
  return SOURCES[kind](key, title);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SOURCES: Readonly<Record<BlankKind, (key: string, title: string) => string>> = {
  process: (key, title) => blankProcess(key, inXml(title), inXml(JSON.stringify(title))),
  form: (key, title) =>
    json({
      form: key,
      title: { 'zh-CN': title, 'en-US': key },
      schema: {
        type: 'object',
        properties: {
          subject: {
            type: 'string',
            title: { 'zh-CN': '事由', 'en-US': 'Subject' },
            'x-component': 'Text',
            required: true,
          },
        },
      },
    }),
  decision: (key, title) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions-${key}" name="${inXml(title)}" namespace="http://ganwei.dev/content">
  <inputData id="data-amount" name="数值">
    <variable id="data-amount-v" name="amount" typeRef="number"/>
  </inputData>
  <decision id="${key}" name="${inXml(title)}">
    <variable id="${key}-v" name="result" typeRef="string"/>
    <informationRequirement id="${key}-r"><requiredInput href="#data-amount"/></informationRequirement>
    <decisionTable id="${key}-table" hitPolicy="UNIQUE">
      <input id="${key}-in" label="数值">
        <inputExpression id="${key}-in-e" typeRef="number"><text>amount</text></inputExpression>
      </input>
      <output id="${key}-out" label="结果" name="result" typeRef="string"/>
      <rule id="${key}-1"><inputEntry id="${key}-1-i"><text>&lt; 10</text></inputEntry><outputEntry id="${key}-1-o"><text>"甲"</text></outputEntry></rule>
      <rule id="${key}-2"><inputEntry id="${key}-2-i"><text>&gt;= 10</text></inputEntry><outputEntry id="${key}-2-o"><text>"乙"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
`,
  letter: (key, title) => `---
letter: ${key}
name: ${JSON.stringify(title)}
layout: form
organ: "{= unit(case.starterUnit).name }"
title: ${JSON.stringify(title)}
---
编号：{= case.number }
`,
  ledger: (key, title) =>
    json({
      ledger: key,
      title,
      source: { kind: 'letter' },
      columns: [{ key: 'number', label: '文号', value: 'letter.number', slot: 't1', filter: 'contains', width: 180 }],
      who: 'false',
      sort: { column: 'number', descending: true },
    }),
  calendar: (key, title) => json({ ...yearIn(key), off: [], work: [], source: title }),
  dictionary: (key, title) => json({ dictionary: key, title, items: [{ code: '1', label: '条目一' }] }),
};

/** `cn-2027`: the calendar of a place in a year. A key that names no year is for its author to mend. */
function yearIn(key: string): { calendar: string; year: number } {
  const [, calendar = key, year = '2000'] = /^(.*?)-?(\d{4})$/.exec(key) ?? [];
  return { calendar: calendar || 'cn', year: Number(year) };
}

/** A start, one step for the head of the starter's unit, an end; drawn. `text`: the title as an expression. */
function blankProcess(key: string, title: string, text: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="definitions-${key}" targetNamespace="http://ganwei.dev/content">
  <bpmn:process id="${key}" name="${title}" isExecutable="true">
    <bpmn:extensionElements>
      <ganwei:case title="${text}" category="${title}">
        <ganwei:status key="running" label="办理中" tone="running"/>
        <ganwei:status key="done" label="已办结" tone="done"/>
      </ganwei:case>
    </bpmn:extensionElements>
    <bpmn:startEvent id="start" name="发起">
      <bpmn:extensionElements><ganwei:start label="${title}" who="true"/></bpmn:extensionElements>
      <bpmn:outgoing>start_to_review</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="review" name="审批">
      <bpmn:extensionElements>
        <ganwei:task assignees="head of(case.starterUnit)" status="running">
          <ganwei:outcome key="agree" label="同意" style="primary" comment="optional"/>
        </ganwei:task>
      </bpmn:extensionElements>
      <bpmn:incoming>start_to_review</bpmn:incoming>
      <bpmn:outgoing>review_to_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="end" name="办结">
      <bpmn:extensionElements><ganwei:end status="done"/></bpmn:extensionElements>
      <bpmn:incoming>review_to_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="start_to_review" sourceRef="start" targetRef="review"/>
    <bpmn:sequenceFlow id="review_to_end" sourceRef="review" targetRef="end"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${key}">
      <bpmndi:BPMNShape id="start_di" bpmnElement="start">
        <dc:Bounds x="160" y="122" width="36" height="36"/>
        <bpmndi:BPMNLabel><dc:Bounds x="167" y="165" width="22" height="14"/></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="review_di" bpmnElement="review"><dc:Bounds x="260" y="100" width="100" height="80"/></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_di" bpmnElement="end">
        <dc:Bounds x="424" y="122" width="36" height="36"/>
        <bpmndi:BPMNLabel><dc:Bounds x="431" y="165" width="22" height="14"/></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="start_to_review_di" bpmnElement="start_to_review"><di:waypoint x="196" y="140"/><di:waypoint x="260" y="140"/></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="review_to_end_di" bpmnElement="review_to_end"><di:waypoint x="360" y="140"/><di:waypoint x="424" y="140"/></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}
