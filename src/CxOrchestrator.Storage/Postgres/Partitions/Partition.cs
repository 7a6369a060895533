using System.Globalization;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>One month of a table that is partitioned by the time that its keys begin with.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its column that says the month.</param>
/// <param name="Month">The month's first day; months are those of UTC.</param>
internal sealed record Partition(string Table, string Key, DateOnly Month)
{
    /// <summary>The tables that are partitioned, with the columns that say the month.</summary>
    public static IReadOnlyList<(string Table, string Key)> Tables { get; } = [("events", "id"), ("event_decisions", "event_id"), ("deliveries", "id")];

    /// <summary>Its own table, such as <c>events_2026_03</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Table}_{Month:yyyy_MM}");

    /// <summary>The table of rows that have no month of their own.</summary>
    public string Rest => $"{Table}_rest";

    /// <summary>The first key that lies in it.</summary>
    public Guid First => InOrderOfTime.FirstOf(Start(Month));

    /// <summary>The first key that lies after it.</summary>
    public Guid End => InOrderOfTime.FirstOf(Start(Month.AddMonths(1)));

    /// <summary>The month that a time lies in.</summary>
    public static DateOnly MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    private static DateTimeOffset Start(DateOnly month) => new(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
