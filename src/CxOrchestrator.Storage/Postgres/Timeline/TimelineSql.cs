namespace CxOrchestrator.Storage.Postgres;

/// <summary>What is stored about one customer; values of each: the customer's key, the limit.</summary>
internal static class TimelineSql
{
    /// <summary>Events, without those of our own that stand on the timeline as the thing itself (the answer, the message, the case).</summary>
    public const string Events = """
        select id, time, type, source, processed, case when type like 'message.%' or type like 'contact.%' then data end from events
        where customer_id = $1 and not (source = 'cxo' and type in
          ('survey.answered', 'delivery.accepted', 'delivery.failed', 'case.opened',
           'consent.withdrawn', 'consent.given'))
        order by time desc limit $2
        """;

    /// <summary>
    /// What became of events, found event by event: joined as tables, a plan that was made while they were short reads all decisions ever made. Values: their keys.
    /// </summary>
    public const string Decisions = """
        select event_id, journey, reason, false from unnest($1::uuid[]) asked(key)
        cross join lateral (select * from event_decisions where event_id = asked.key and outcome <= 5 offset 0) found
        union all
        select event_id, journey, reason, true from unnest($1::uuid[]) asked(key)
        cross join lateral (select * from event_decisions where event_id = asked.key and outcome > 5 offset 0) found
        order by 4, 2
        """;

    public const string Enrolments = """
        select journey, version, state, started_at, ended_at, goal_at, reason from enrolments
        where customer_id = $1 order by coalesce(ended_at, goal_at, started_at) desc limit $2
        """;

    public const string Deliveries = """
        select changed_at, message, state, reason, journey, sent_via, due_at, engagement, engaged_at from deliveries
        where customer_id = $1 order by changed_at desc limit $2
        """;

    public const string Responses = """
        select r.changed_at, r.survey, r.revision, r.comment, coalesce(i.journey, ''), r.score
        from responses r left join invitations i on i.id = r.invitation_id
        where r.customer_id = $1 order by r.changed_at desc limit $2
        """;

    public const string Cases = """
        select opened_at, subject, state, reason, journey, owner, due_at, connection, ticket_id from cases
        where customer_id = $1 order by opened_at desc limit $2
        """;

    public const string WriteBacks = """
        select at, title, state, reason, connection from write_backs where customer_id = $1 order by at desc limit $2
        """;

    public const string Consents = """
        select at, channel, purpose, state, by, how from consents where customer_id = $1 order by at desc limit $2
        """;
}
