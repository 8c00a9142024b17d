-- statistic_input: one row is one share, rate or count of an area in a period
-- and a series, exactly as everybody may see it: the statistics read nothing
-- that the wall holds back, so they cannot give it away.
-- Key: indicator, period, series, area. Inputs: shown_value, indicator,
-- measure, area, period, series, source.
-- state: 0 may be compared; 1 protected; 2 no number; 3 rounded, stated about,
-- or not a count, so that it has no interval. broken: an event lies between it
-- and the point before.
create or replace table statistic_input as
with
shown as (
  select v.*, coalesce(s.series_id, replace(v.source, 'computed:', '')) as series_id
  from shown_value v
  left join source s on s.id = v.source
  where v.territory = 'as_reported' and v.base_period = ''
),
judged as (
  select k.indicator, p.period, r.series, a.area, v.source,
    case when k.kind = 'count' then v.value else v.numerator end as part,
    case when k.kind = 'count' then 0 else v.denominator end as whole,
    case
      when v.obs_status = 'Q' then 1
      when v.value is null then 2
      when k.kind <> 'count' and v.interval_kind = 'model_95' then 0
      when k.kind = 'count' and m.additive and v.interval_kind = '' and v.qualifier in ('', 'nil') and v.value = trunc(v.value) and abs(v.value) < 1e15 then 0
      else 3
    end as state,
    v.obs_status = 'B' as broken, v.nature
  from shown v
  join indicator k on k.id = v.indicator
  join measure m on m.measure = k.numerator
  join area a on a.code = v.area and a.valid_from = v.area_valid_from
  join period p on p.name = v.period
  join series r on r.id = v.series_id
  where k.kind in ('share', 'rate', 'count') and not k.survey
)
select cast(indicator as bigint) as indicator, cast(period as bigint) as period, cast(series as bigint) as series, cast(area as bigint) as area,
  cast(state as bigint) as state,
  case when state = 0 then cast(part as bigint) else 0 end as part,
  case when state = 0 then cast(whole as bigint) else 0 end as whole,
  cast(case when broken then 1 else 0 end as bigint) as broken,
  cast(nature_rank(nature) as bigint) as nature
from judged
qualify row_number() over (partition by indicator, period, series, area order by state, source) = 1
order by all;
