-- shown_change: one row is one number that is new, another one, or gone since
-- the release before. The number before stands beside a number of now alone:
-- what was taken back, or is protected today, is not said once more, nor a
-- number of another unit.
-- Key: indicator, area, area_valid_from, period, base_period, territory, source.
-- Inputs: told_against (the release before), current_value and previous_value, the published values of this release
-- and of the one before; both are empty where there is none before.
create or replace temp view shown_change as
with
-- Rows that say the same thing in both releases are most of them.
paired as (
  select
    coalesce(n.indicator, o.indicator) as indicator, coalesce(n.area, o.area) as area,
    coalesce(n.area_valid_from, o.area_valid_from) as area_valid_from, coalesce(n.period, o.period) as period,
    coalesce(n.base_period, o.base_period) as base_period, coalesce(n.territory, o.territory) as territory,
    coalesce(n.source, o.source) as source, coalesce(n.unit, o.unit) as unit, n.unit is not distinct from o.unit as same_unit, coalesce(n.nature, o.nature) as nature,
    o.value as value_before, n.value as value, coalesce(n.obs_status, '') as obs_status, coalesce(n.conf_status, '') as conf_status,
    coalesce(n.reason, '') as reason
  from current_value n
  full join previous_value o using (indicator, area, area_valid_from, period, base_period, territory, source)
  where n.value is distinct from o.value
)
select indicator, area, area_valid_from, period, base_period, territory, source,
  case when value is null then 'withdrawn' when value_before is null then 'new' else 'changed' end as kind,
  case when value is not null and same_unit then value_before end as value_before, value, unit,
  obs_status, conf_status, reason, nature,
  cast((select since from told_against) as integer) as since, (select release from setting) as release
from paired
order by indicator, area, area_valid_from, period, base_period, territory, source;
