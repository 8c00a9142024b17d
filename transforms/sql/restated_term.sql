-- restated_term: one row is one count as it would stand on the territory of
-- another day, or (moved is false) a count that was reported on that very
-- territory, kept as the other end of a comparison.
-- Key: term; also territory, area, measure, period, series.
-- Inputs: input, measure, area, period; restate_part: which area of that day
-- (of_area) may hold people of an area (part): wholly, by a share, or some;
-- up where of_area is put together from what lies in it.
-- A count that moved whole is added up; one that moved by a known share is an
-- estimate between nothing and all, where it follows the people: groups of
-- them are not spread alike, shops and meetings do not move with them. Of any
-- other only the range is known. reason says on what an estimate rests and
-- why there is none: the share is not known, or not that of this group, or
-- the count is taken to be spread like the people.
create or replace table restated_term as
with
given as materialized (
  select i.*, borders(i.territory, i.on_day) as border_day
  from input i
  join measure m using (measure)
  where m.additive and i.value is not null and (i.origin = 'given' or i.area in (select of_area from restate_part))
),
moment as (select distinct border_day from given),
-- Which areas must have answered before a sum stands for a territory.
asked as (
  select p.territory, p.of_area, p.up, m.border_day, count(*) as due
  from restate_part p
  join area u on u.area = p.part
  join area w on w.area = p.of_area
  join moment m on m.border_day between u.valid_from and coalesce(u.valid_to, date '9999-12-31')
    and not m.border_day between w.valid_from and coalesce(w.valid_to, date '9999-12-31')
  group by all
),
put_together as (
  select p.territory, p.of_area as area, p.up, i.measure, i.period, i.on_day, i.series, i.border_day, i.territory as reported_on,
    count(*) as reported,
    bool_and(p.whole) as exact,
    sum(p.share * i.value) + case when bool_or(p.share is null) then null else 0 end as value,
    sum(case when p.whole then i.least else 0 end) as least, sum(i.most) as most,
    max(strength(i.qualifier)) as strength,
    min(status_rank(i.obs_status)) as status,
    bool_or(i.rounded) as rounded,
    nature_of(max(nature_rank(i.nature))) as nature
  from given i
  join restate_part p on p.part = i.area
  where i.origin = 'given'
  group by all
),
complete as (
  select c.*
  from put_together c
  join asked a on a.territory = c.territory and a.of_area = c.area and a.up = c.up and a.border_day = c.border_day and a.due = c.reported
),
-- From the areas themselves or from what lies in them: what says most.
moved as (
  select *, true as moved, null::bigint as input from complete
  qualify row_number() over (partition by territory, area, measure, period, series
    order by not exact, most - least, up, reported_on <> 'as_reported', reported_on) = 1
),
-- The other end of a comparison; only some formulas and rules look for one.
compared as (
  select k.numerator as measure from indicator k where k.kind in ('change', 'rate')
  union
  select k.denominator from indicator k where k.kind = 'rate'
  union
  select measure from policy_break
),
stayed as materialized (
  select t.territory, i.area, false as up, i.measure, i.period, i.on_day, i.series, i.border_day, i.territory as reported_on,
    1 as reported, true as exact, i.value, i.least, i.most, strength(i.qualifier) as strength, status_rank(i.obs_status) as status, i.rounded, i.nature,
    false as moved, i.input
  from given i
  semi join compared using (measure)
  join area w using (area)
  join (select distinct territory, of_area from restate_part) t on t.of_area = i.area
  where i.border_day between w.valid_from and coalesce(w.valid_to, date '9999-12-31')
  qualify row_number() over (partition by t.territory, i.area, i.measure, i.period, i.series
    order by i.origin <> 'given', i.territory <> 'as_reported', i.territory) = 1
),
-- A count that was reported on the territory itself needs no other.
every as (
  from stayed
  union all by name
  from moved anti join stayed using (territory, area, measure, period, series)
)
select row_number() over () as term,
  e.territory, e.area, e.up, e.measure, e.period, e.on_day, e.series, e.border_day, e.reported_on, e.moved, e.input, e.exact, e.rounded, e.nature,
  case when not e.exact and not m.follows_people then null when m.whole then round(e.value) else e.value end as value, e.least, e.most,
  qualifier_of(e.strength) as qualifier,
  case when e.exact then status_of(e.status) else first_status(status_of(e.status), 'E') end as obs_status,
  case when e.exact then '' when e.value is null then 'share_unknown' when not m.follows_people then 'spread_unknown'
    when m.unit <> 'people' then 'spread_assumed' else '' end as reason
from every e
join measure m using (measure);
