-- The tables of writethru's BigQuery sink. Generated: python -m writethru.sinks.bigquery_schema PROJECT.DATASET
--
-- max_staleness 0: a query sees every change that was acknowledged before it, so a killed body is gone from the next query on. It makes
-- each query merge what was not yet applied. Where minutes of an old state are allowed, this is the lever on cost:
--   ALTER TABLE `PROJECT.DATASET.articles` SET OPTIONS (max_staleness = INTERVAL 15 MINUTE);
-- Time travel can still read a row as it was before a kill; 48 hours is the least BigQuery allows.
-- To let old articles go: ALTER TABLE `PROJECT.DATASET.articles` SET OPTIONS (partition_expiration_days = 90);
-- BYTES columns hold the bytes themselves; where a description says base64, it speaks of the record's JSON.
-- A partition takes times from 10 years ago to a year ahead: to fill in an older archive, take the PARTITION BY line out.

CREATE SCHEMA IF NOT EXISTS `PROJECT.DATASET` OPTIONS (max_time_travel_hours = 48);

CREATE TABLE IF NOT EXISTS `PROJECT.DATASET.articles` (
  `id` STRING NOT NULL OPTIONS (description = "The article's id (`provenance.id`)."),
  `received` TIMESTAMP OPTIONS (description = "When the topic had the message; null where Kafka says no time. The partition."),
  `agency` STRING OPTIONS (description = "The agency's id (`wire.agency`)."),
  `language` STRING OPTIONS (description = "Primary language subtag (BCP 47), `und` where unknown."),
  `headline` STRING OPTIONS (description = "The clean headline (`article.headlines[0].value`); empty where there is none, also after a kill."),
  `version_created` TIMESTAMP OPTIONS (description = "The agency's time of this version (`article.versionCreated`)."),
  `pub_status` STRING OPTIONS (description = "`article.pubStatus`: usable, withheld, canceled."),
  `schema` INT64 OPTIONS (description = "The number of the record's schema; see CHANGES.md for what may change under one number."),
  `rev` INT64 OPTIONS (description = "Rises with every emission under the same article id; a sink keeps the record with the higher one."),
  `article` JSON OPTIONS (description = "The item as a valid IPTC ninjs 3.1 object. `bodies[0]` is the body as plain text, the tables that stood in it follow under the role `table`, `headlines[0]` the clean headline; both members are absent where there is none, also after a kill."),
  `wire` STRUCT<
    `agency` STRING OPTIONS (description = "The agency's id as the agency table names it (`yonhap`, `ap`, `reuters`)."),
    `action` STRING OPTIONS (description = "What the item does to its story. Highest first: where several marks speak, the first of this list wins."),
    `ordinal` INT64 OPTIONS (description = "The lead, update or wrapup number; (LEAD) is 1; null without a mark, never 0 for that."),
    `ordinals` STRUCT<
      `lead` INT64 OPTIONS (description = "nth LD, nth Ld-Writethru."),
      `net` INT64 OPTIONS (description = "nth NET (dpa's second sequence)."),
      `update` INT64 OPTIONS (description = "UPDATE n-."),
      `wrapup` INT64 OPTIONS (description = "WRAPUP n-."),
      `take` INT64 OPTIONS (description = "A take's or Add's number.")
    > OPTIONS (description = "The numbers by sequence, each null where not given."),
    `complete` BOOL OPTIONS (description = "true: replaces the whole story (a writethru); false: a part that merges with earlier copy; null: not said."),
    `digest` BOOL OPTIONS (description = "A news summary of several stories: never joined to any of them."),
    `replaces` ARRAY<STRING> OPTIONS (description = "What the item says it replaces: ids, transmission numbers (`a0713`), linked guids."),
    `kill_targets` ARRAY<STRING> OPTIONS (description = "What a kill, or the order of a hold or release, names: running numbers, guids or headlines."),
    `embargo` TIMESTAMP OPTIONS (description = "Not for publication before this time; null without an embargo."),
    `notes` ARRAY<STRUCT<
      `verb` STRING OPTIONS (description = "The verb as printed (`ADDS`, `Recasts`); empty in a verbless tail."),
      `class` STRING OPTIONS (description = "What the clause is for, by its purpose verb: `SUBS 7th graf to CORRECT spelling` is `correct`."),
      `mechanics` STRING OPTIONS (description = "How it is done where that differs from what it is for (`change` in `SUBS … to CORRECT`)."),
      `targets` ARRAY<STRING> OPTIONS (description = "What the clause touches, in the trade's words: headline, lead, byline, photo, details, throughout …"),
      `paragraphs` ARRAY<INT64> OPTIONS (description = "The grafs named, counted from 1; negative ones count from the end (-1 is the last)."),
      `text` STRING OPTIONS (description = "The clause as printed."),
      `field` STRING OPTIONS (description = "The raw field it stood in (`body`, `edNote[1]`, `headline`)."),
      `span` ARRAY<INT64> OPTIONS (description = "Where in that field.")
    >> OPTIONS (description = "The clauses of the update notes, in order."),
    `evidence` ARRAY<STRUCT<
      `field` STRING OPTIONS (description = "The raw field the text stood in."),
      `span` ARRAY<INT64> OPTIONS (description = "Where in that field."),
      `text` STRING OPTIONS (description = "The text the decision rests on."),
      `rule` STRING OPTIONS (description = "The rule's name.")
    >> OPTIONS (description = "What the decisions rest on."),
    `dateline` STRUCT<
      `places` ARRAY<STRUCT<
        `name` STRING OPTIONS (description = "As printed, capitals lowered."),
        `candidates` ARRAY<STRUCT<
          `id` INT64 OPTIONS (description = "GeoNames' number."),
          `name` STRING OPTIONS (description = "GeoNames' name."),
          `country` STRING OPTIONS (description = "ISO 3166 alpha-2."),
          `region` STRING OPTIONS (description = "GeoNames' first-order division."),
          `latitude` FLOAT64 OPTIONS (description = "Degrees, WGS 84."),
          `longitude` FLOAT64 OPTIONS (description = "Degrees, WGS 84."),
          `population` INT64 OPTIONS (description = "Inhabitants as GeoNames has them.")
        >> OPTIONS (description = "What it may be, the likeliest first; more than one where the dateline does not decide, none where it is unknown."),
        `country` STRING OPTIONS (description = "ISO 3166 alpha-2, as all candidates agree; without any, as the words behind the city say."),
        `region` STRING OPTIONS (description = "GeoNames' first-order division, likewise.")
      >> OPTIONS (description = "Its places, in order."),
      `date` STRING OPTIONS (description = "ISO 8601 date; its year from the item's own time where the dateline has none."),
      `signature` STRING OPTIONS (description = "The agency's signature as printed.")
    > OPTIONS (description = "The dateline read; null where there is none."),
    `blocks` ARRAY<STRUCT<
      `kind` STRING OPTIONS (description = "What it is."),
      `text` STRING OPTIONS (description = "The piece as sent."),
      `field` STRING OPTIONS (description = "The raw field it stood in."),
      `span` ARRAY<INT64> OPTIONS (description = "[start, end) in code points of that field.")
    >> OPTIONS (description = "The pieces of the copy that are no body text, in their order in the copy: captions, restrictions, sign-offs, the notebook and more."),
    `digest_items` ARRAY<STRUCT<
      `headline` STRING OPTIONS (description = "Its headline without marks."),
      `action` STRING OPTIONS (description = "Its own action."),
      `ordinal` INT64 OPTIONS (description = "Its own ordinal."),
      `notes` ARRAY<STRUCT<
        `verb` STRING OPTIONS (description = "The verb as printed (`ADDS`, `Recasts`); empty in a verbless tail."),
        `class` STRING OPTIONS (description = "What the clause is for, by its purpose verb: `SUBS 7th graf to CORRECT spelling` is `correct`."),
        `mechanics` STRING OPTIONS (description = "How it is done where that differs from what it is for (`change` in `SUBS … to CORRECT`)."),
        `targets` ARRAY<STRING> OPTIONS (description = "What the clause touches, in the trade's words: headline, lead, byline, photo, details, throughout …"),
        `paragraphs` ARRAY<INT64> OPTIONS (description = "The grafs named, counted from 1; negative ones count from the end (-1 is the last)."),
        `text` STRING OPTIONS (description = "The clause as printed."),
        `field` STRING OPTIONS (description = "The raw field it stood in (`body`, `edNote[1]`, `headline`)."),
        `span` ARRAY<INT64> OPTIONS (description = "Where in that field.")
      >> OPTIONS (description = "The clauses of its note."),
      `span` ARRAY<INT64> OPTIONS (description = "[start, end) in code points of the body: the range it takes up.")
    >> OPTIONS (description = "The stories of a news summary, each with its own marks."),
    `conflicts` ARRAY<STRUCT<
      `what` STRING OPTIONS (description = "What they disagree about: `action`, `ordinals.lead`, `complete`, `embargo`."),
      `said` ARRAY<STRING> OPTIONS (description = "Each value, with the rule and the field that says so."),
      `taken` STRING OPTIONS (description = "The value taken."),
      `by` STRING OPTIONS (description = "The rule that decided.")
    >> OPTIONS (description = "Where places of the item disagree, and what was taken.")
  > OPTIONS (description = "What the language of the wire says of the item: marks, ordinals, notes, embargo."),
  `story` STRUCT<
    `id` STRING OPTIONS (description = "The story."),
    `position` INT64 OPTIONS (description = "Place in true order, counted from 1."),
    `action` STRING OPTIONS (description = "The action after chaining: a later version that carries no mark is an update."),
    `supersedes` STRING OPTIONS (description = "The article it replaces; null for the first, a late one or an alert's opening."),
    `previous` STRING OPTIONS (description = "The article before it in true order."),
    `gap` INT64 OPTIONS (description = "How many versions the ordinals say exist before this one and were never seen."),
    `link` STRUCT<
      `rule` STRING OPTIONS (description = "The rule's name."),
      `score` FLOAT64 OPTIONS (description = "How sure the rule is."),
      `terms` ARRAY<STRING> OPTIONS (description = "What the rule rests on: the name, number or slug that ties it, or the rarest words that the headlines share and the step between their ordinals. Empty where the story is killed or withheld."),
      `second` STRUCT<
        `story` STRING OPTIONS (description = "The story."),
        `score` FLOAT64 OPTIONS (description = "How likely it was.")
      > OPTIONS (description = "The story that came second, or where none was found the one that came nearest.")
    > OPTIONS (description = "How it was tied to the story."),
    `changes` STRUCT<
      `headline` BOOL OPTIONS (description = "Whether the headline differs."),
      `added` INT64 OPTIONS (description = "Paragraphs that are new."),
      `removed` INT64 OPTIONS (description = "Paragraphs that are gone."),
      `kept` INT64 OPTIONS (description = "Paragraphs that stand word for word, moved ones among them."),
      `moved` INT64 OPTIONS (description = "Paragraphs that stand word for word in another order."),
      `rewritten` INT64 OPTIONS (description = "Paragraphs in other words; neither added nor removed."),
      `lede` BOOL OPTIONS (description = "Whether the first paragraph differs."),
      `byline` BOOL OPTIONS (description = "Whether the byline differs."),
      `paragraphs` ARRAY<STRUCT<
        `kind` STRING OPTIONS (description = "What became of it."),
        `paragraph` INT64 OPTIONS (description = "Its place in this version, from 1; null where it is gone."),
        `was` INT64 OPTIONS (description = "Its place in the version before, from 1; null where it is new."),
        `text` STRING OPTIONS (description = "Its first words.")
      >> OPTIONS (description = "At most two of each kind."),
      `numbers` ARRAY<STRUCT<
        `old` STRING OPTIONS (description = "As it stood."),
        `new` STRING OPTIONS (description = "As it stands."),
        `about` STRING OPTIONS (description = "The word it stands by."),
        `paragraph` INT64 OPTIONS (description = "Where, from 1; 0 is the headline.")
      >> OPTIONS (description = "Numbers that others have replaced, in the headline and in rewritten paragraphs."),
      `claims` ARRAY<STRUCT<
        `verb` STRING OPTIONS (description = "As printed."),
        `target` STRING OPTIONS (description = "As in `wire.notes`, or `paragraphs`."),
        `found` BOOL OPTIONS (description = "Whether the texts show it.")
      >> OPTIONS (description = "What the note says was done, held against the texts.")
    > OPTIONS (description = "How the article differs from the version it supersedes; null without one."),
    `late` BOOL OPTIONS (description = "Arrived after a version that follows it."),
    `duplicate` BOOL OPTIONS (description = "The same version came before with other bytes."),
    `parts` ARRAY<STRING> OPTIONS (description = "Of a partial version (take, add, bare lead): the articles that made up the text when it came, in reading order.")
  > OPTIONS (description = "null before chaining."),
  `thread` STRUCT<
    `id` STRING OPTIONS (description = "The thread."),
    `relation` STRING OPTIONS (description = "first: opens the thread; event: another account; copy: the same text again; derivation: a rewrite; version: the next state of a story in it."),
    `of` STRING OPTIONS (description = "The article it copies, derives from or follows."),
    `score` FLOAT64 OPTIONS (description = "How near the two are."),
    `rule` STRING OPTIONS (description = "The rule's name."),
    `terms` ARRAY<STRING> OPTIONS (description = "The words and numbers that weigh most in what the two share, as this article prints them; before them, of `derivation:quoted`, the phrase that names the source; empty once it is killed or withheld. Of a version the id of its story."),
    `second` STRUCT<
      `thread` STRING OPTIONS (description = "Its id."),
      `of` STRING OPTIONS (description = "Its article that came nearest."),
      `score` FLOAT64 OPTIONS (description = "How likely it was.")
    > OPTIONS (description = "The thread that came second.")
  > OPTIONS (description = "null before threading."),
  `provenance` STRUCT<
    `id` STRING OPTIONS (description = "The article's id: the record's key."),
    `format` STRING OPTIONS (description = "The wire format the payload was read as (`ninjs-3.1`, `newsml-g2`, `text`)."),
    `topic` STRING OPTIONS (description = "The Kafka topic the message came from."),
    `partition` INT64 OPTIONS (description = "Its partition."),
    `offset` INT64 OPTIONS (description = "Its offset."),
    `timestamp` INT64 OPTIONS (description = "Kafka's timestamp of the message, milliseconds since the epoch (-1: none)."),
    `received` TIMESTAMP OPTIONS (description = "When the pipeline read it."),
    `sha256` STRING OPTIONS (description = "SHA-256 of the message's bytes as sent, in hex."),
    `encoding` STRING OPTIONS (description = "The character encoding the payload was read in (`utf-8`, `cp1252`)."),
    `page_date` DATE OPTIONS (description = "The date a web extractor wrote before the text, of low trust (`2023-09-12`)."),
    `warnings` ARRAY<STRING> OPTIONS (description = "What was odd and was read all the same."),
    `pipeline` STRING OPTIONS (description = "Name and version of the build that made the record.")
  > OPTIONS (description = "Where the record comes from."),
  PRIMARY KEY (`id`) NOT ENFORCED
)
PARTITION BY TIMESTAMP_TRUNC(`received`, DAY)
CLUSTER BY `id`
OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = "One item of a wire feed with what its words say of it and its place among versions and events. Key: `provenance.id`. One per distinct payload item; emitted again, with a higher `rev`, by kill, withhold and release.");

CREATE TABLE IF NOT EXISTS `PROJECT.DATASET.stories` (
  `id` STRING NOT NULL OPTIONS (description = "The story's id."),
  `schema` INT64 OPTIONS (description = "The number of the record's schema; see CHANGES.md for what may change under one number."),
  `rev` INT64 OPTIONS (description = "Rises with every emission under the same story id; a sink keeps the record with the higher one."),
  `agency` STRING OPTIONS (description = "The agency whose story it is."),
  `status` STRING OPTIONS (description = "current; superseded (merged into an earlier story, see `merged_into`); killed; withheld."),
  `current` STRING OPTIONS (description = "The version that stands; null after a kill."),
  `headline` STRING OPTIONS (description = "The headline of the version that stands; empty while it is withheld, after a kill, and where that version names an embargo, also once it is over: only the article's record carries an embargoed headline, beside its mark."),
  `slug` STRING OPTIONS (description = "The slug without its marks; empty where the agency sends none."),
  `language` STRING OPTIONS (description = "Primary language subtag (BCP 47), `und` where unknown."),
  `versions` ARRAY<STRUCT<
    `id` STRING OPTIONS (description = "The article."),
    `uri` STRING OPTIONS (description = "The provider's id of the item."),
    `version` STRING OPTIONS (description = "The provider's version, as printed."),
    `position` INT64 OPTIONS (description = "Place in true order, counted from 1."),
    `action` STRING OPTIONS (description = "What it did to the story."),
    `ordinal` INT64 OPTIONS (description = "Its lead, update or wrapup number."),
    `time` TIMESTAMP OPTIONS (description = "The agency's time of this version; null where it gave none."),
    `headline` STRING OPTIONS (description = "Its clean headline; empty where there is none, while the story is withheld, after a kill, and where the version names an embargo, also once it is over.")
  >> OPTIONS (description = "The newest 100 versions in true order."),
  `count` INT64 OPTIONS (description = "How many versions there are in all."),
  `first_seen` TIMESTAMP OPTIONS (description = "The earliest agency time; null where none is known."),
  `last_seen` TIMESTAMP OPTIONS (description = "The latest agency time; null where none is known."),
  `merged_into` STRING OPTIONS (description = "The story this one proved to be; its live versions' state follows."),
  `parts` ARRAY<STRING> OPTIONS (description = "The articles that make up the present text, in reading order; empty where the current version is the whole of it, and once the story is killed or withheld."),
  `text` STRING OPTIONS (description = "The full text put together from its parts, paragraphs parted by a blank line, at most 100,000 characters; null where the current version is the whole of it (its article has it), where `lacks` says that it cannot be told, and once the story is killed or withheld."),
  `lacks` ARRAY<STRUCT<
    `part` STRING OPTIONS (description = "What a desk calls it: `take 2`, `add 1`, `lead 3`, `insert`, `substitute`, `part`, `base` (what the parts go to)."),
    `article` STRING OPTIONS (description = "Its article; null where none came."),
    `why` STRING OPTIONS (description = "unseen: it never came; place: where it goes cannot be told; text: its text is not kept; embargo: it names one, passed or to come; length: with it the text would be too long.")
  >> OPTIONS (description = "What belongs to the text and does not stand in it; a text that lacks nothing is all there is. Empty once the story is killed or withheld."),
  PRIMARY KEY (`id`) NOT ENFORCED
)
CLUSTER BY `id`
OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = "The present truth of a version chain: one agency, one story, all its versions. Key: `id`.");

CREATE TABLE IF NOT EXISTS `PROJECT.DATASET.threads` (
  `id` STRING NOT NULL OPTIONS (description = "The thread's id."),
  `schema` INT64 OPTIONS (description = "The number of the record's schema; see CHANGES.md for what may change under one number."),
  `rev` INT64 OPTIONS (description = "Rises with every emission under the same thread id; a sink keeps the record with the higher one."),
  `headline` STRING OPTIONS (description = "The headline of the member that opened it, else of the newest that has one to show; empty where none has. Never one of a killed or withheld article, nor of an article with an embargo, whether it has passed or not."),
  `language` STRING OPTIONS (description = "Primary language subtag (BCP 47), `und` where unknown."),
  `members` ARRAY<STRUCT<
    `id` STRING OPTIONS (description = "The article."),
    `story` STRING OPTIONS (description = "Its story."),
    `agency` STRING OPTIONS (description = "Its agency."),
    `relation` STRING OPTIONS (description = "How it belongs: first, event, copy, derivation, version."),
    `of` STRING OPTIONS (description = "The article it copies, derives from or follows."),
    `score` FLOAT64 OPTIONS (description = "How near the two are."),
    `time` TIMESTAMP OPTIONS (description = "The agency's time; null where it gave none.")
  >> OPTIONS (description = "The newest 100 members."),
  `count` INT64 OPTIONS (description = "How many members there are in all."),
  `agencies` ARRAY<STRING> OPTIONS (description = "The agencies that tell the event."),
  `first_seen` TIMESTAMP OPTIONS (description = "The earliest agency time; null where none is known."),
  `last_seen` TIMESTAMP OPTIONS (description = "The latest agency time; null where none is known."),
  `merged_into` STRING OPTIONS (description = "The thread this one proved to be."),
  `split_from` STRING OPTIONS (description = "The thread that its first article stood in before, which looked at again did not belong there; null where it opened by itself."),
  PRIMARY KEY (`id`) NOT ENFORCED
)
CLUSTER BY `id`
OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = "The present truth of an event: the stories of all agencies that tell it, in one language. Key: `id`.");

CREATE TABLE IF NOT EXISTS `PROJECT.DATASET.dead_letters` (
  `id` STRING NOT NULL OPTIONS (description = "hash(topic, partition, offset, Kafka timestamp, and the index of the item where others of the message were read): the same message has the same letter."),
  `part` INT64 NOT NULL OPTIONS (description = "0, and on from there where `value` is too large for one row; all else stands in part 0."),
  `schema` INT64 OPTIONS (description = "The number of the record's schema; see CHANGES.md for what may change under one number."),
  `step` STRING OPTIONS (description = "The step that gave up."),
  `reason` STRING OPTIONS (description = "Why, from a closed list."),
  `detail` STRING OPTIONS (description = "Why, in words. Holds no payload text and no secret."),
  `attempts` INT64 OPTIONS (description = "How often it was tried."),
  `pipeline` STRING OPTIONS (description = "Name and version of the build that gave up."),
  `topic` STRING OPTIONS (description = "The topic the message came from."),
  `partition` INT64 OPTIONS (description = "Its partition."),
  `offset` INT64 OPTIONS (description = "Its offset."),
  `timestamp` INT64 OPTIONS (description = "Kafka's timestamp of the message, milliseconds since the epoch (-1: none)."),
  `key` BYTES OPTIONS (description = "The message's key, base64; null without one."),
  `headers` JSON OPTIONS (description = "The message's headers in order."),
  `value` BYTES OPTIONS (description = "The message's bytes as sent, base64."),
  PRIMARY KEY (`id`, `part`) NOT ENFORCED
)
CLUSTER BY `id`
OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = "What could not be processed, as files and SQL hold it (in Kafka the value is the original bytes and everything else a header). Bytes are base64 and survive bit for bit.");
