-- macros: how statuses, qualifiers and natures of several inputs become one.

-- The first status in SDMX order that holds for either.
create or replace temp macro status_rank(s) as strpos('QMOBDEPFA', s);
create or replace temp macro status_of(rank) as substr('QMOBDEPFA', rank, 1);
create or replace temp macro first_status(a, b) as status_of(least(status_rank(a), status_rank(b)));

-- How strongly a qualifier binds what is computed from it. A reported nil is
-- an ordinary zero once something is computed from it.
create or replace temp macro strength(q) as
  case q when 'less_than' then 5 when 'more_than' then 4 when 'almost' then 3 when 'about' then 2 when 'rounded' then 1 else 0 end;
create or replace temp macro qualifier_of(strength) as
  case strength when 5 then 'less_than' when 4 then 'more_than' when 3 then 'almost' when 2 then 'about' when 1 then 'rounded' else '' end;
-- Below the line a direction turns round or is lost: "more than" becomes "about".
create or replace temp macro strength_below(q) as case when strength(q) > 1 then 2 else strength(q) end;

-- Invented beats reported beats published: the more careful one holds.
create or replace temp macro nature_rank(n) as case n when 'example' then 3 when 'reported' then 2 else 1 end;
create or replace temp macro nature_of(rank) as case rank when 3 then 'example' when 2 then 'reported' else 'published' end;

-- Six decimals are enough for every formula here; adding 0 turns -0 into 0.
create or replace temp macro six(v) as round(v, 6) + 0;

-- Of two moved counts, why one has no number, or on what it rests: what is
-- not known goes before what is assumed.
create or replace temp macro why_moved(a, b) as
  case when 'share_unknown' in (a, b) then 'share_unknown' when 'spread_unknown' in (a, b) then 'spread_unknown' when 'spread_assumed' in (a, b) then 'spread_assumed' else '' end;

-- How often a flow's period fits into a year.
create or replace temp macro per_year(kind, days) as case kind when 'year' then 1 when 'half' then 2 when 'quarter' then 4 when 'month' then 12 else 365.25 / days end;

-- The day whose borders a row is on: its own, or the one its source declares.
create or replace temp macro borders(territory, on_day) as coalesce(try_cast(territory as date), on_day);
