-- restated: one row is one value on the territory of another day, with the
-- columns of value; its source is computed:SERIES, and its inputs stand among
-- the observations. It stands apart from value: nothing is computed from it.
-- Key: value_row (above all that own models and formulas have).
-- Inputs: restated_value, restated_weighted, restated_term, indicator, series, period, policy_break, value.
-- A value on one territory has no break at a border; a rule that changed
-- between it and what it is compared with still is one.
create or replace table restated as
with
touched as materialized (
  select indicator, numerator from indicator where numerator in (select measure from policy_break) or denominator in (select measure from policy_break)
),
weighted as materialized (from restated_weighted),
every as materialized (
  select *, null::bigint[] as inputs from restated_value
  union all by name
  select indicator, area, period, territory, series, value, lower, upper, 'apportionment' as interval_kind, value * people / 100 as numerator, people as denominator,
    qualifier_of(strength) as qualifier, basis, first_status(status_of(status), 'E') as obs_status, '' as reason, nature, on_day, inputs
  from weighted
),
-- What a value is compared with: its base, or the point before it on the same
-- territory, reported there or moved there, whichever is earlier of the last
-- and the last of its kind.
points as (
  select k.indicator, t.area, t.territory, t.series, t.period, t.on_day from restated_term t join touched k on k.numerator = t.measure
  union all
  select indicator, area, territory, series, period, on_day from weighted semi join touched using (indicator)
),
before as (
  select q.indicator, q.area, q.territory, q.series, q.period, q.on_day,
    least(lag(q.on_day) over (partition by q.indicator, q.area, q.territory, q.series order by q.on_day, q.period),
      lag(q.on_day) over (partition by q.indicator, q.area, q.territory, q.series, p.kind order by q.on_day, q.period)) as since
  from points q
  join period p using (period)
),
compared as (
  select e.indicator, e.area, e.territory, e.series, e.period, e.base, e.on_day, coalesce(b."end", f.since) as since
  from every e
  semi join touched using (indicator)
  left join period b on b.period = e.base
  left join before f on f.indicator = e.indicator and f.area = e.area and f.territory = e.territory and f.series = e.series and f.period = e.period
),
listed as (
  select c.indicator, c.area, c.territory, c.series, c.period, coalesce(c.base, -1) as base, string_agg(distinct e.id, ' ' order by e.id) as events
  from compared c
  join indicator k on k.indicator = c.indicator
  join policy_break e on e.measure in (k.numerator, k.denominator) and e.date > c.since and e.date <= c.on_day
  group by all
)
select 4611686018427387904 + row_number() over () as value_row, e.indicator, e.area, e.period, e.base, e.territory, e.series, 'restated' as origin, 'computed:' || s.id as source_id,
  e.n_term, e.d_term, e.base_term, e.inputs,
  six(e.value) as value, six(e.lower) as lower, six(e.upper) as upper, case when e.lower is null or e.upper is null then '' else e.interval_kind end as interval_kind,
  e.numerator, e.denominator, e.qualifier, e.basis,
  case when l.events is not null then first_status(e.obs_status, 'B') else e.obs_status end as obs_status,
  'F' as conf_status, e.reason, e.nature, coalesce(l.events, '') as events
from every e
join series s using (series)
-- What a source reported on that very territory goes before.
anti join (from value where territory <> 'as_reported') v
  on v.indicator = e.indicator and v.area = e.area and v.period = e.period and v.territory = e.territory and v.source_id = 'computed:' || s.id
left join listed l on l.indicator = e.indicator and l.area = e.area and l.territory = e.territory and l.series = e.series and l.period = e.period and l.base = coalesce(e.base, -1);

-- all_value: one row is one value, as reported or on another territory.
create or replace temp view all_value as
from value
union all by name
select * exclude (n_term, d_term, base_term, inputs) from restated;

-- restated_use: one row is one count that a value on another territory rests on.
create or replace temp view restated_use as
with
terms as (
  select value_row, n_term as term from restated where n_term is not null
  union all
  select value_row, d_term from restated where d_term is not null
  union all
  select value_row, base_term from restated where base_term is not null
)
select t.value_row, i.input
from terms t
join restated_term r using (term)
join restate_part p on p.territory = r.territory and p.of_area = r.area and p.up = r.up
join input i on i.area = p.part and i.measure = r.measure and i.period = r.period and i.series = r.series and i.territory = r.reported_on and i.origin = 'given'
where r.moved
union all
select t.value_row, r.input from terms t join restated_term r using (term) where not r.moved
union all
select value_row, unnest(inputs) from restated where inputs is not null;
