-- shown_value: one row is one value as everybody may see it; the columns are
-- those of values.csv. A value that rests on a hidden count has the status Q
-- and no number at all.
-- Key: indicator, area, area_valid_from, period, base_period, territory, source.
-- Inputs: value, hidden, input, indicator, area, area_name, period, measure, setting.
create or replace temp table shown_value as
with
-- Which hidden count touches a value: one of its inputs, or the gain itself.
touched as (
  select v.value_row, h.mark from value v join hidden h on h.input = v.n_input
  union all
  select v.value_row, h.mark from value v join hidden h on h.input = v.d_input
  union all
  select v.value_row, h.mark from value v join hidden h on h.input = v.base_input
  union all
  select v.value_row, h.mark from value v join hidden h on h.input = -v.value_row
  union all
  select value_row, 2 from restated_use semi join hidden using (input)
),
-- What an own model did with its inputs is not known; so a row of it is
-- hidden when any count of its area, period and series is.
place_hidden as (
  select distinct i.area, i.period, i.series from hidden h join input i using (input)
),
models as (
  select v.value_row, 2 as mark
  from value v
  join place_hidden p on p.area = v.area and p.series = v.series and p.period in (v.period, v.base)
  where v.origin = 'model'
  group by all
),
marked as (
  select value_row, min(mark) as mark from (from touched union all from models) group by all
)
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, n.* exclude (area),
  p.name as period,
  case v.basis when 'stock' then p."end" when 'year_to_date' then p.year_start
    when 'cumulative' then m.since else p.start end as period_start,
  p."end" as period_end, coalesce(b.name, '') as base_period,
  case when h.mark is null then v.value end as value,
  case when h.mark is null then v.qualifier else '' end as qualifier,
  k.unit,
  case when h.mark is null then v.lower end as lower,
  case when h.mark is null then v.upper end as upper,
  case when h.mark is null then v.interval_kind else '' end as interval_kind,
  case when h.mark is null then v.numerator end as numerator,
  case when h.mark is null then v.denominator end as denominator,
  v.basis,
  case when h.mark is null then v.obs_status else 'Q' end as obs_status,
  case h.mark when 1 then 'A' when 2 then 'D' else v.conf_status end as conf_status,
  v.nature, v.territory, v.events, v.source_id as source,
  case when h.mark is null then v.reason else '' end as reason,
  s.release
from all_value v
join indicator k using (indicator)
join area a on a.area = v.area
join area_name n on n.area = v.area
join period p on p.period = v.period
left join period b on b.period = v.base
left join measure m on m.measure = k.numerator
left join marked h using (value_row)
cross join setting s
order by v.indicator, v.area, v.period, v.base nulls first, v.territory, v.source_id;
