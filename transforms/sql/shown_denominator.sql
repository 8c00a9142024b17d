-- shown_denominator: one row says of a rate of what day the stock is that it
-- divides by, how many days before the end of the period that was, and how
-- many the indicator allows (0: any).
-- Key: as in shown_value. Inputs: value, restated, restated_term, input,
-- indicator, measure, area, period.
create or replace temp view shown_denominator as
with
divided as (
  select v.indicator, v.area, v.period, v.base, v.territory, v.source_id, v.nature, d.period as stock_period, d.on_day
  from value v
  join input d on d.input = v.d_input
  where v.value is not null
  union all
  select v.indicator, v.area, v.period, v.base, v.territory, v.source_id, v.nature, d.period, d.on_day
  from restated v
  join restated_term d on d.term = v.d_term
)
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period,
  v.territory, v.source_id as source, k.denominator_id as measure, q.name as stock_period, v.on_day as stock_date,
  cast(p."end" - v.on_day as integer) as age_days, cast(k.max_denominator_age_days as integer) as allowed_days, v.nature
from divided v
join indicator k using (indicator)
join area a on a.area = v.area
join period p on p.period = v.period
join period q on q.period = v.stock_period
left join period b on b.period = v.base
where k.kind = 'rate'
order by v.indicator, v.area, v.period, v.base nulls first, v.territory, v.source_id;
