-- value: one row is one indicator × area × period × base period × territory ×
-- source, before protection, with the events that lie between it and what it
-- is compared with.
-- Key: value_row (the indicator and its first input); also indicator, area, period, base, territory, source_id.
-- Inputs: value_count, value_ratio, value_difference, value_model, value_timely, area,
-- period, indicator, source, series, area_break, policy_break.
-- What a value is compared with: its base period, or else the point before
-- it of the same code in the same series (of either border). Where a source
-- declares its borders, the point before is also looked for among the others:
-- the step from one to the other is a break too. A year is compared with the
-- year before it and not only with the month that was reported in between, so
-- the earlier of both is what counts.
create or replace table value as
with
every as (
  select * from value_count
  union all by name select * from value_ratio
  union all by name select * from value_difference
  union all by name select * from value_model
  union all by name select * from value_timely
),
named as materialized (
  select v.*, coalesce(s.id, 'computed:' || r.id) as source_id, a.code, p."end" as on_day, b."end" as base_day,
    p.kind || case when v.basis = 'year_to_date' then p.part::varchar else '' end as alike
  from every v
  join series r on r.series = v.series
  join area a on a.area = v.area
  join period p on p.period = v.period
  left join source s on s.source = v.source
  left join period b on b.period = v.base
),
-- A row of the area itself, put together from several sources, goes before a
-- sum under the same name.
own as (
  select indicator, area, period, territory, source_id, 'computed' as origin from named where origin = 'given' and source is null
),
single as materialized (
  select * from named anti join own using (indicator, area, period, territory, source_id, origin)
),
-- Only where something ever happened does the point before matter. That
-- reports came on time says nothing of a territory, so borders break nothing.
affected as (
  select s.indicator, s.area, s.period, s.base, s.territory, s.series, s.origin, s.source_id, s.code, s.on_day, s.base_day, s.alike, borders(s.territory, s.on_day) as border_day
  from single s
  join indicator k using (indicator)
  where s.value is not null and s.origin <> 'timely' and (s.code in (select code from area_break)
    or k.numerator in (select measure from policy_break) or k.denominator in (select measure from policy_break))
),
compared as materialized (
  select indicator, area, period, base, territory, source_id, code, on_day,
    coalesce(base_day, least(lag(on_day) over before, lag(on_day) over alike_before)) as since, border_day,
    case when base_day is null then least(lag(border_day) over before, lag(border_day) over alike_before, lag(border_day) over any_before)
      else borders(territory, base_day) end as since_border
  from affected
  window before as (partition by indicator, code, territory, series, origin order by on_day, period),
    alike_before as (partition by indicator, code, territory, series, origin, alike order by on_day, period),
    any_before as (partition by indicator, code, series, origin order by on_day, period, border_day, area)
),
ruled as (
  select indicator, numerator as measure from indicator
  union
  select indicator, denominator from indicator
),
broken as (
  select v.indicator, v.area, v.period, v.base, v.territory, v.source_id, e.id
  from compared v
  join area_break e on e.code = v.code and e.date > v.since_border and e.date <= v.border_day
  union
  select v.indicator, v.area, v.period, v.base, v.territory, v.source_id, e.id
  from compared v
  join ruled r using (indicator)
  join policy_break e on e.measure = r.measure and e.date > v.since and e.date <= v.on_day
),
listed as (
  select indicator, area, period, coalesce(base, 0) as base, territory, source_id, string_agg(id, ' ' order by id) as events
  from broken
  group by all
)
select s.indicator * 4294967296 + s.n_input as value_row,
  s.indicator, s.area, s.period, s.base, s.territory, s.series, s.origin, s.source_id,
  s.n_input, s.d_input, s.base_input,
  six(s.value) as value, six(s.lower) as lower, six(s.upper) as upper,
  case when s.lower is null then '' else s.interval_kind end as interval_kind,
  s.numerator, s.denominator, s.qualifier, s.basis,
  case when e.events is not null then first_status(s.obs_status, 'B') else s.obs_status end as obs_status,
  s.conf_status, s.reason, s.nature, coalesce(e.events, '') as events
from single s
left join listed e on e.indicator = s.indicator and e.area = s.area and e.period = s.period
  and e.base = coalesce(s.base, 0) and e.territory = s.territory and e.source_id = s.source_id;
