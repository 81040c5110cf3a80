/** A unit of 澜川市, an invented city (codes 99xxxx are assigned to nobody): domain.md §5.1. */
export interface DemoUnit {
  id: number;
  code: string;
  name: string;
  short: string;
  kind:
    | 'city'
    | 'bureau'
    | 'station'
    | 'legal'
    | 'inspection'
    | 'centre'
    | 'property'
    | 'brigade'
    | 'command'
    | 'petitions';
  parent: number | null;
  area: 'urban' | 'suburban' | 'rural' | null;
  /** Its share of the people of the extract; 120 in all. */
  people: number;
  /** Effective alarms a day with 120 people. */
  alarms: number;
}

const unit = (
  id: number,
  code: string,
  name: string,
  short: string,
  kind: DemoUnit['kind'],
  parent: number | null,
  people: number,
  area: DemoUnit['area'] = null,
  alarms = 0,
): DemoUnit => ({ id, code, name, short, kind, parent, people, area, alarms });

export const demoUnits: readonly DemoUnit[] = [
  unit(1, '990100000000', '澜川市公安局', '澜公', 'city', null, 0),
  unit(2, '990100310000', '澜川市公安局法制支队', '市法制', 'legal', 1, 3),
  unit(3, '990100320000', '澜川市公安局督察支队', '市督察', 'inspection', 1, 1),
  unit(4, '990100330000', '澜川市公安局情报指挥中心', '市情指', 'command', 1, 3),
  unit(5, '990100340000', '澜川市公安局信访科', '市信访', 'petitions', 1, 1),
  unit(10, '990102000000', '澜川市公安局望河分局', '望公', 'bureau', 1, 2),
  unit(11, '990102220100', '望河分局法制大队(案管中心)', '望法制', 'legal', 10, 5),
  unit(12, '990102220200', '望河分局督察大队', '望督察', 'inspection', 10, 1),
  unit(13, '990102220300', '望河分局执法办案管理中心', '望办案', 'centre', 10, 2),
  unit(14, '990102220400', '望河分局涉案财物管理中心', '望财物', 'property', 10, 2),
  unit(15, '990102220500', '望河分局刑侦大队', '望刑侦', 'brigade', 10, 2),
  unit(16, '990102510000', '望河分局北门派出所', '北门所', 'station', 10, 14, 'urban', 26),
  unit(17, '990102520000', '望河分局河东派出所', '河东所', 'station', 10, 13, 'urban', 21),
  unit(18, '990102530000', '望河分局府前派出所', '府前所', 'station', 10, 12, 'urban', 19),
  unit(20, '990103000000', '澜川市公安局澜南分局', '南公', 'bureau', 1, 0),
  unit(21, '990103220100', '澜南分局法制大队', '南法制', 'legal', 20, 3),
  unit(22, '990103510000', '澜南分局云埠派出所', '云埠所', 'station', 20, 12, 'suburban', 15),
  unit(23, '990103520000', '澜南分局柳浦派出所', '柳浦所', 'station', 20, 9, 'suburban', 8),
  unit(30, '990181000000', '青岳市公安局', '青公', 'bureau', 1, 0),
  unit(31, '990181220100', '青岳市公安局法制大队', '青法制', 'legal', 30, 3),
  unit(32, '990181510000', '青岳市公安局城关派出所', '青岳城关所', 'station', 30, 12, 'suburban', 14),
  unit(33, '990181520000', '青岳市公安局望澜派出所', '望澜所', 'station', 30, 8, 'rural', 5),
  unit(40, '990121000000', '柏陵县公安局', '柏公', 'bureau', 1, 0),
  unit(41, '990121220100', '柏陵县公安局法制大队', '柏法制', 'legal', 40, 2),
  unit(42, '990121510000', '柏陵县公安局城关派出所', '柏陵城关所', 'station', 40, 7, 'suburban', 8),
  unit(43, '990121520000', '柏陵县公安局稻溪派出所', '稻溪所', 'station', 40, 3, 'rural', 2),
];
