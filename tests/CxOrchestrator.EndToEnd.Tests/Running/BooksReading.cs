using System.Text.Json;

namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>The books as <c>cxo books --json</c> prints them.</summary>
internal sealed record BooksReading
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public long Events { get; init; }

    public long EventsWaiting { get; init; }

    public Dictionary<string, long> Decisions { get; init; } = [];

    public long EnrolmentsByEvent { get; init; }

    public long EnrolmentsBySchedule { get; init; }

    public Dictionary<string, long> Deliveries { get; init; } = [];

    public long DeliveryRows { get; init; }

    public long Responses { get; init; }

    public long AnswerEvents { get; init; }

    public long AnswerWriteBacks { get; init; }

    public Dictionary<string, long> Cases { get; init; } = [];

    public Dictionary<string, long> WriteBacks { get; init; } = [];

    /// <summary>Deliveries that are neither sent nor given up.</summary>
    public long OnTheWay => In("planned") + In("claimed") + In("handedOver") + In("deferred");

    /// <summary>True where nothing that is due waits for anybody but customers.</summary>
    public bool Quiet => EventsWaiting == 0 && OnTheWay == 0 && Cases.GetValueOrDefault("opening") == 0 && WriteBacks.GetValueOrDefault("waiting") == 0;

    public long In(string state) => Deliveries.GetValueOrDefault(state);

    public static BooksReading Parse(string json) => JsonSerializer.Deserialize<BooksReading>(json, Options)!;
}
