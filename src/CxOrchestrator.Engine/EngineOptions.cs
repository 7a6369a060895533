namespace CxOrchestrator.Engine;

/// <summary>Sizes and times of the engine's work. All times are machine time. The defaults suit one node on SQLite.</summary>
public sealed record EngineOptions
{
    /// <summary>The node's name, unique per process, where no <c>NodeIdentity</c> is registered. Empty (default): made from the machine's name and the time of the start.</summary>
    public string Node { get; init; } = "";

    /// <summary>
    /// Transactions of incoming events at once: while one is committed, the next one is made. More only make smaller groups. Default: 2.
    /// </summary>
    public int IntakeWriters { get; init; } = 2;

    /// <summary>Most events of several calls in one transaction; a call of more has one of its own. Default: 500.</summary>
    public int IntakeGroup { get; init; } = 500;

    /// <summary>
    /// How long a node that isn't heard of keeps what it holds; it tells five times as often that it lives. A node that is lost hands its work on after
    /// this time and a fifth. Default: 15 seconds.
    /// </summary>
    public TimeSpan NodeLease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Events claimed at once. Default: 200.</summary>
    public int EventBatch { get; init; } = 200;

    /// <summary>Enrolments taken at once. Default: 200.</summary>
    public int WalkBatch { get; init; } = 200;

    /// <summary>
    /// Loops that walk enrolments side by side: while one stores its batch another walks. Default: 1, which is right for a store with one writer; 2 suit
    /// PostgreSQL.
    /// </summary>
    public int WalkLoops { get; init; } = 1;

    /// <summary>Customers whom a schedule enrols at once. Default: 500; with PostgreSQL 2,000 are faster.</summary>
    public int CampaignPage { get; init; } = 500;

    /// <summary>Customers looked at at once for dates and silences. Default: 500.</summary>
    public int MomentPage { get; init; } = 500;

    /// <summary>How often it is looked whether a date or a silence has come. Default: 30 seconds.</summary>
    public TimeSpan MomentEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often segments that journeys watch are read from the CRM. Default: 15 minutes.</summary>
    public TimeSpan SegmentEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>People whom a publication moves in one transaction. Default: 500.</summary>
    public int MoveBatch { get; init; } = 500;

    /// <summary>Cases claimed at once. Default: 50.</summary>
    public int CaseBatch { get; init; } = 50;

    /// <summary>Write-backs claimed at once. Default: 500.</summary>
    public int WriteBackBatch { get; init; } = 500;

    /// <summary>Errands claimed at once. Default: 100.</summary>
    public int ErrandBatch { get; init; } = 100;

    /// <summary>Messages asked about at once. Default: 50.</summary>
    public int LookUpBatch { get; init; } = 50;

    /// <summary>
    /// Lease of work that stays inside this process and the store (events, enrolments). A batch takes well under a second; two minutes outlast a
    /// store that is busy with a migration or a backup. A dead node's work waits for <see cref="NodeLease"/> only; this is for work that a live node has forgotten. Default: 2 minutes.
    /// </summary>
    public TimeSpan StoreLease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Lease of work that calls connections. A guarded call ends within the guard's time limit (30 s by default) after at most as long a wait for its turn;
    /// each group of messages is handed over under a new lease, and other calls are begun only while more than half of theirs is left, so that no lease runs
    /// out under a call. Default: 5 minutes; make it longer where the guard's time limit is more than 2.
    /// </summary>
    public TimeSpan CallLease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a decision to send is good for: what isn't handed over by then is decided anew. Default: 1 minute.</summary>
    public TimeSpan DecisionsHold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a loop rests after a batch that was less than half full, so that what comes meanwhile shares the next one: at a slow pace a batch costs what it
    /// costs, whether one comes forward or a hundred. What comes after a quiet time doesn't wait. Default: 50 ms.
    /// </summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The shortest pause of a loop that found nothing to do. Default: 25 ms.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest pause of a loop that found nothing to do; doubled up to there. Default: half a second.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause of a loop after errors in a row. Default: 30 seconds.</summary>
    public TimeSpan LongestErrorPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often leases that have ended are looked for. Default: 30 seconds.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often old months are looked for. Default: an hour.</summary>
    public TimeSpan RetentionEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often it is looked whether customers' month has changed. Default: a minute.</summary>
    public TimeSpan RetentionLook { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often connections are asked for events, and for changes of people and tickets. Default: 30 seconds.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often new versions of journeys are looked for by the schedules. Default: 30 seconds.</summary>
    public TimeSpan ScheduleRefresh { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for a store that many write to at once, each over a round trip (PostgreSQL): more loops and larger batches.</summary>
    public EngineOptions ForManyWriters() => this with { WalkLoops = 2, WalkBatch = 500, CampaignPage = 2_000 };
}
