import type { Database } from '../../server/kernel/database.ts';
import { cheapCost, hashPassword } from '../../server/organisation/password.ts';

/** What everybody of the test bureau signs in with. */
export const testPassword = 'Lanchuan-test-2026';

interface TestUnit {
  id: number;
  name: string;
  short: string;
  kind: string;
  path: number[];
}

/** A city with two bureaus; 北门 and 河东 are siblings in 望河, 云埠 lies in 澜南. */
export const units: readonly TestUnit[] = [
  { id: 1, name: '澜川市公安局', short: '澜公', kind: 'city', path: [1] },
  { id: 2, name: '澜川市公安局法制支队', short: '市法制', kind: 'legal', path: [1, 2] },
  { id: 10, name: '望河分局', short: '望公', kind: 'bureau', path: [1, 10] },
  { id: 11, name: '望河分局法制大队', short: '望法制', kind: 'legal', path: [1, 10, 11] },
  { id: 14, name: '望河分局涉案财物管理中心', short: '望财物', kind: 'property', path: [1, 10, 14] },
  { id: 16, name: '北门派出所', short: '北门所', kind: 'station', path: [1, 10, 16] },
  { id: 17, name: '河东派出所', short: '河东所', kind: 'station', path: [1, 10, 17] },
  { id: 20, name: '澜南分局', short: '南公', kind: 'bureau', path: [1, 20] },
  { id: 21, name: '澜南分局法制大队', short: '南法制', kind: 'legal', path: [1, 20, 21] },
  { id: 22, name: '云埠派出所', short: '云埠所', kind: 'station', path: [1, 20, 22] },
];

/** login → [id, name, unit, roles]; auxiliaries and civilians by their role. */
export const people: Readonly<
  Record<string, readonly [id: number, name: string, unit: number, roles: readonly string[]]>
> = {
  chujing: [1, '王强', 16, ['responding-officer', 'case-officer']],
  chujing2: [2, '李磊', 16, ['responding-officer', 'case-officer']],
  fujing: [3, '赵勇', 16, ['auxiliary']],
  fazhiyuan: [4, '陈静', 16, ['unit-legal-officer']],
  suozhang: [5, '刘军', 16, ['unit-head']],
  hedong: [6, '周涛', 17, ['responding-officer', 'case-officer']],
  hedongsuozhang: [7, '吴斌', 17, ['unit-head']],
  anguan: [8, '黄敏', 11, ['case-management-officer']],
  fazhi: [9, '徐杰', 11, ['legal-reviewer']],
  fazhizhang: [10, '孙华', 11, ['legal-head']],
  guanli: [11, '马超', 14, ['custodian']],
  lingdao: [12, '朱明', 10, ['bureau-leader']],
  ducha: [13, '胡刚', 10, ['inspector']],
  jiejing: [14, '郭佳', 1, ['call-taker']],
  shifazhi: [15, '何平', 2, ['legal-head']],
  yunbu: [16, '林飞', 22, ['responding-officer', 'case-officer']],
  nanfazhi: [17, '高波', 21, ['legal-reviewer']],
  xitong: [18, '罗宇', 10, ['system-administrator']],
  anquan: [19, '郑浩', 10, ['security-administrator']],
  shenji: [20, '梁凯', 10, ['security-auditor']],
  xinfang: [21, '唐颖', 1, ['petitions-clerk']],
};

/** Fills an empty database with the test bureau. Everybody's posts began in 2020. */
export async function seedBureau(database: Database): Promise<void> {
  const hash = await hashPassword(testPassword, cheapCost);
  await database.transaction(async ({ sql }) => {
    for (const { id, name, short, kind, path } of units) {
      await sql('INSERT INTO unit (id, code, name, short, kind, parent_id, path) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        String(990_000_000_000 + id),
        name,
        short,
        kind,
        path.at(-2) ?? null,
        path,
      ]);
    }
    for (const [login, [id, name, unit, roles]] of Object.entries(people)) {
      const kind = roles.includes('auxiliary') ? 'auxiliary' : roles.includes('call-taker') ? 'civilian' : 'police';
      await sql(
        'INSERT INTO person (id, number, name, kind, qualification, unit_id, login, password_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, String(990_000 + id), name, kind, kind === 'police' ? 'basic' : 'none', unit, login, hash],
      );
      for (const role of roles) {
        await sql("INSERT INTO post (person_id, unit_id, role, from_at) VALUES ($1, $2, $3, '2020-01-01Z')", [
          id,
          unit,
          role,
        ]);
      }
    }
  });
}
