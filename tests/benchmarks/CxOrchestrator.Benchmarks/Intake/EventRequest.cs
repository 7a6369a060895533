using System.Buffers.Text;
using System.Text;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>
/// A request to <c>POST /api/events</c> as bytes, of which only the events' ids and subjects change: an order of two items, some 400 bytes of CloudEvent,
/// of one of <see cref="Customers"/> customers.
/// </summary>
internal sealed class EventRequest
{
    /// <summary>How many customers the events are about.</summary>
    public const int Customers = 10_000;

    /// <summary>The source that the events name.</summary>
    public const string Source = "shop";

    /// <summary>Its key.</summary>
    public const string Key = "a-key-for-benchmarks-of-32-chars";

    private const string Number = "############";
    private const string Subject = "@@@@@";

    private readonly byte[] _bytes;
    private readonly List<int> _numbers;
    private readonly List<int> _subjects;

    /// <summary>One event, or a batch of several; ids begin with the run's name and the connection's number.</summary>
    public EventRequest(string run, int connection, int events)
    {
        var one = $$"""
            {"specversion":"1.0","id":"{{run}}-{{connection:000}}-{{Number}}","source":"{{Source}}","type":"order.delivered","subject":"c-{{Subject}}","time":"2026-03-02T11:59:30Z","datacontenttype":"application/json","data":{"order":"A-2026-004711","total":129.90,"currency":"EUR","channel":"web","items":[{"sku":"TSHIRT-M-BLUE","name":"T-shirt","quantity":2},{"sku":"MUG-01","name":"Mug","quantity":1}],"address":{"city":"Lisboa","country":"PT"} } }
            """;
        var body = events == 1 ? one : $"[{string.Join(',', Enumerable.Repeat(one, events))}]";
        var type = events == 1 ? "application/cloudevents+json" : "application/cloudevents-batch+json";
        _bytes = Encoding.ASCII.GetBytes(
            $"POST /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {Key}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Events = events;
        _numbers = Places(Number);
        _subjects = Places(Subject);
    }

    /// <summary>How many events it holds.</summary>
    public int Events { get; }

    /// <summary>The subject of a customer, as the customers are stored.</summary>
    public static string SubjectOf(int customer) => $"c-{customer:00000}";

    /// <summary>The request with other ids; good until the next.</summary>
    public ReadOnlySpan<byte> Next(long number)
    {
        for (var i = 0; i < _numbers.Count; i++)
        {
            var at = (number * Events) + i;
            Write(_bytes.AsSpan(_numbers[i], Number.Length), at);
            Write(_bytes.AsSpan(_subjects[i], Subject.Length), at * 7919 % Customers);
        }

        return _bytes;
    }

    private static void Write(Span<byte> to, long number)
    {
        to.Fill((byte)'0');
        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(number, digits, out var length);
        digits[..length].CopyTo(to[^length..]);
    }

    private List<int> Places(string mark)
    {
        var places = new List<int>();
        var bytes = Encoding.ASCII.GetBytes(mark);
        for (var at = 0; _bytes.AsSpan(at).IndexOf(bytes) is >= 0 and var next; at += next + bytes.Length)
            places.Add(at + next);
        return places;
    }
}
