import type { Route } from '../../../server/kernel/route.ts';
import type { Fact, SubjectType } from '../../../server/subjects/define.ts';
import { factsOfStep, tableOfStep } from '../../../server/subjects/input.ts';
import type { Registry } from '../../../server/subjects/registry.ts';
import { people } from '../../support/bureau.ts';
import { allows, knows, type Outcome, outcomeOf, type Relation } from './oracle.ts';
import { idOf, nobodysPerson, numberOf, type RecordName, recordsOf, relationOf } from './planted.ts';
import { sample } from './sample.ts';

/** One question that is put to each account: a line of test/access/matrix.txt. */
export interface Row {
  /** 'POST /api/alarms/:id/steps dispatch | own 22' */
  name: string;
  /** The subject type whose wall it is about, null for routes about no record. */
  type: string | null;
  ask(login: string): Asked;
  expected(login: string): Outcome;
}

export interface Asked {
  method: string;
  /** Below /api. */
  path: string;
  body?: unknown;
  raw?: string;
  /** A list: let in means that this record is shown. */
  shows?: string;
}

/** Sessions are tested in test/organisation; a stream never ends. */
const apart = /^\/api\/(session|events|demo|health|ready|openapi)/;

/** Routes open to every session whose handler asks: the very first post of all is granted by nobody's right. */
const askedBehind: Record<string, string> = { 'POST /api/posts': 'post.grant' };

/** Every question, from the declarations. */
export function rowsOf(routes: readonly Route[], registry: Registry): Row[] {
  return [
    ...routes.filter(({ path }) => !apart.test(path)).flatMap((route) => rowsOfRoute(route, registry)),
    ...registry.types.flatMap(rowsOfList),
  ];
}

function rowsOfRoute(route: Route, registry: Registry): Row[] {
  const opened = registry.types.find(({ plural }) => route.method === 'POST' && route.path === `/api/${plural}`);
  if (opened && typeof route.action === 'function') return rowsOfOpening(opened);
  return route.on ? rowsOfRecord(route, registry.get(route.on)) : [rowOfPlace(route)];
}

/** A route about one record, for each verb that its body may name. */
function rowsOfRecord(route: Route, type: SubjectType): Row[] {
  const isStep = route.path.endsWith('/steps');
  const verbs = Object.keys(type.steps).filter((verb) => !type.steps[verb]?.internal);
  const actions = isStep ? verbs.map((verb) => `${type.name}.${verb}`) : [actionOf(route)];
  return actions.flatMap((action) =>
    recordsOf(type).map((record): Row => {
      const verb = action.split('.')[1] ?? '';
      const body = isStep ? { verb, occurredAt: '2026-11-23T09:00:00+08:00' } : sample(route.body);
      return {
        name: `${route.method} ${route.path}${isStep ? ` ${verb}` : ''} | ${record}`,
        type: type.name,
        ask: (login) => asked(route, { ...sample(route.params), id: idOf(type, record, login) }, body),
        expected: (login) => outcomeOf(login, type.name, action, relationOf(type, record)),
      };
    }),
  );
}

/** A new record: at one of three units, as one's own and as nobody's. */
function rowsOfOpening(type: SubjectType): Row[] {
  const openings = Object.entries(type.steps).filter(([, step]) => step.opens && !step.internal);
  return openings.flatMap(([verb, step]) =>
    [16, 17, 22].flatMap((unit) =>
      [false, true].map((isOwn): Row => {
        const facts = tableOfStep(type, step).facts;
        const names = [
          ...(step.requires ?? []),
          ...factsOfStep(step).filter((name) => name === type.unit || (isOwn && type.own.includes(name))),
        ];
        const canBeOwn = names.some((name) => type.own.includes(name));
        const relation: Relation = { unit, isOwn: isOwn && canBeOwn, isConcerned: false, state: '*' };
        const hasUnit = names.includes(type.unit);
        const body = (login: string) => ({
          verb,
          occurredAt: '2026-11-23T09:00:00+08:00',
          facts: Object.fromEntries(
            names.map((name) => [
              name,
              factOf(
                facts[name],
                name === type.unit ? unit : 16,
                isOwn ? (people[login]?.[0] ?? 0) : nobodysPerson,
                type,
                name,
              ),
            ]),
          ),
        });
        return {
          name: `POST /api/${type.plural} ${verb} | ${isOwn ? 'own ' : ''}${unit}`,
          type: null,
          ask: (login) => ({ method: 'POST', path: `/${type.plural}`, body: body(login) }),
          expected: (login) =>
            allows(login, `${type.name}.${verb}`, { ...relation, unit: hasUnit ? unit : (people[login]?.[2] ?? 0) })
              ? '+'
              : '-',
        };
      }),
    ),
  );
}

/** A list shows a record, or does not. */
function rowsOfList(type: SubjectType): Row[] {
  const named = (record: RecordName) => (login: string) => {
    const id = idOf(type, record, login);
    return { id, number: numberOf(type, record, login), relation: relationOf(type, record) };
  };
  return recordsOf(type).flatMap((record): Row[] => {
    const of = named(record);
    const seen = (login: string): Outcome => {
      const { relation } = of(login);
      if (!knows(login, `${type.name}.read`)) return '-';
      return relation && allows(login, `${type.name}.read`, relation) ? '+' : '0';
    };
    const path = (filter: object) => `/${type.plural}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
    return [
      {
        name: `list ${type.plural} by id | ${record}`,
        type: type.name,
        ask: (login) => ({ method: 'GET', path: path({ id: [of(login).id] }), shows: of(login).id }),
        expected: seen,
      },
      {
        name: `list ${type.plural} by q | ${record}`,
        type: type.name,
        ask: (login) => ({ method: 'GET', path: path({ q: of(login).number }), shows: of(login).id }),
        expected: seen,
      },
    ];
  });
}

/** A route about no record: the door is the action alone, what it names is asked behind it. */
function rowOfPlace(route: Route): Row {
  const [params, body, query] = [sample(route.params), sample(route.body), sample(route.query)];
  const name = `${route.method} ${route.path}`;
  const action = askedBehind[name] ?? actionOf(route, { params, body, query } as never);
  return {
    name,
    type: null,
    ask: () => asked(route, params, body, query),
    expected: (login) => (action === 'session' || action === 'public' || knows(login, action) ? '+' : '-'),
  };
}

function actionOf(route: Route, input = { params: {}, query: {}, body: {} } as never): string {
  return typeof route.action === 'string' ? route.action : route.action(input);
}

function asked(
  route: Route,
  params: Record<string, unknown>,
  body: unknown,
  query: Record<string, unknown> = {},
): Asked {
  const path = route.path
    .replace(/^\/api/, '')
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? 'x')));
  const text = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  const mutates = route.method !== 'GET';
  return {
    method: route.method,
    path: text.length > 0 ? `${path}?${text.join('&')}` : path,
    ...(mutates && route.body && { body }),
    ...(route.raw && { raw: route.raw[0] ?? '' }),
  };
}

/** A value that the form takes. */
function factOf(fact: Fact | undefined, unit: number, person: number, type: SubjectType, name: string): unknown {
  switch (fact?.kind) {
    case 'unit':
      return unit;
    case 'person':
      return person;
    case 'persons':
      return [person];
    case 'choice':
      return Object.keys(fact.options ?? {})[0];
    case 'choices':
      return Object.keys(fact.options ?? {}).slice(0, 1);
    case 'instant':
      return '2026-11-23T08:30:00+08:00';
    case 'date':
      return '2026-11-23';
    case 'flag':
      return true;
    case 'int':
    case 'money':
    case 'ratio':
      return 1;
    case 'json':
      return {};
    default:
      return `${type.name} ${name}`;
  }
}
