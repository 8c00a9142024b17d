-- value_model: adds the rows of one own model (own_rows) as values of its
-- indicator (own_indicator). One row is one area × period × base period ×
-- territory × series; the nature is that of the series' observations of the
-- period unless the model says one.
-- Inputs: own_rows, own_indicator, area, period, series, source, measure.
insert into value_model by name
with
careful as (
  select series, nature_of(max(nature_rank(nature))) as nature from source group by all
)
select k.indicator, a.area, p.period, b.period as base, cast(o.territory as varchar) as territory, r.series, 'model' as origin,
  2147483648 + row_number() over (order by a.area, p.period, b.period, r.series, o.territory) as n_input, null::bigint as d_input, null::bigint as base_input, null::bigint as source,
  cast(o.value as double) as value, cast(o.lower as double) as lower, cast(o.upper as double) as upper, o.interval_kind,
  cast(o.numerator as double) as numerator, cast(o.denominator as double) as denominator, o.qualifier,
  coalesce(nullif(o.basis, ''), m.basis, '') as basis,
  case when o.value is null and o.obs_status = 'A' then 'O' else o.obs_status end as obs_status, o.conf_status,
  case when o.value is null and o.reason = '' and o.obs_status in ('A', 'O') then 'not_supplied' else o.reason end as reason,
  coalesce(nullif(o.nature, ''), c.nature) as nature
from own_rows o
cross join own_indicator k
left join measure m on m.measure = k.numerator
join area a on a.code = o.area and a.valid_from = cast(o.area_valid_from as date)
join period p on p.name = o.period
left join period b on b.name = o.base_period
join series r on r.id = o.series
join careful c on c.series = r.series;
