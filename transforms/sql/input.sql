-- input: one row is one number that a formula may use: an observation as it
-- was given, or the sum of an area's children (origin 'computed').
-- Key: input (of an observation its own number, of a sum one above a thousand
-- million); also origin, series, measure, area, period, territory.
-- Inputs: observation, period, measure, source, family, due.
-- A sum has a value only when every child has one; reported and due say how
-- many did. least and most are what rounding allows.
create or replace table input as
with
given as materialized (
  select o.observation as input, o.observation, 'given' as origin, o.measure, o.area, o.period, p."end" as on_day, o.series, o.source, o.territory,
    o.value, o.qualifier, o.obs_status, o.conf_status, o.reason, o.nature, o.known,
    o.rounded_to > 1 and o.value is not null as rounded,
    case when o.rounded_to > 1 then o.value - o.rounded_to / 2 else o.value end as least,
    case when o.rounded_to > 1 then o.value + o.rounded_to / 2 - case when m.whole then 1 else 0 end else o.value end as most,
    null::bigint as reported, null::bigint as due
  from observation o
  join period p using (period)
  join measure m using (measure)
),
-- Parents and children as they were on the day, or on the day whose borders
-- the source declares.
child as materialized (
  select f.parent, g.*
  from given g
  join family f on f.child = g.area
    and borders(g.territory, g.on_day) between f.valid_from and f.valid_to
  join measure m using (measure)
  where m.additive
),
expected as (
  select d.parent, d.on_day, count(*) as due
  from (select distinct parent, borders(territory, on_day) as on_day from child) d
  join family f on f.parent = d.parent and d.on_day between f.valid_from and f.valid_to
  group by all
),
asked as (
  select distinct s.series, f.parent, d.period
  from due d
  join source s using (source)
  join period p using (period)
  join family f on f.child = d.area and borders(s.territory, p."end") between f.valid_from and f.valid_to
  where d.status <> 'not_due'
),
summed as (
  select 'computed' as origin, c.measure, c.parent as area, c.period, c.on_day, c.series, null::bigint as source, c.territory,
    count(c.value) as reported, sum(c.value) as total, sum(c.least) as least, sum(c.most) as most,
    qualifier_of(case
      when bool_or(c.qualifier = 'less_than') and bool_or(c.qualifier = 'more_than') then 2
      else max(strength(c.qualifier)) end) as qualifier,
    min(status_rank(c.obs_status)) as status,
    bool_or(c.conf_status = 'C') as confidential,
    nature_of(max(nature_rank(c.nature))) as nature,
    bool_and(c.known) as known,
    bool_or(c.rounded) as rounded
  from child c
  group by all
),
complete as (
  select s.*, e.due, s.reported = e.due as full_house
  from summed s
  join expected e on e.parent = s.area and e.on_day = borders(s.territory, s.on_day)
  left join asked a on a.series = s.series and a.parent = s.area and a.period = s.period
  where s.reported > 0 and (s.reported = e.due or a.parent is not null)
),
summed_up as (
  select origin, measure, area, period, on_day, series, source, territory,
    case when full_house then total end as value,
    case when full_house then qualifier else '' end as qualifier,
    case when full_house then status_of(status) when confidential then 'Q' else 'O' end as obs_status,
    case when not full_house and confidential then 'C' else 'F' end as conf_status,
    case when full_house or confidential then '' else 'not_supplied' end as reason,
    nature, known, full_house and rounded as rounded,
    case when full_house then least end as least, case when full_house then most end as most,
    reported, due
  from complete
)
select * from given
union all by name
select 1000000000 + row_number() over (order by measure, area, period, series, territory) as input, * from summed_up;
