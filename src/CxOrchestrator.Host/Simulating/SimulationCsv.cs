using System.Globalization;
using System.Text;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Host.CommandLine;

namespace CxOrchestrator.Host.Simulating;

/// <summary>Writes every simulated message as a line of CSV (RFC 4180): those that go, and those that don't, with the reason. No addresses.</summary>
internal static class SimulationCsv
{
    private const int Page = 2_000;
    private const string Header = "at_utc,at_local,customer,ids,journey,step,occurrence,message,outcome,channel,connection,reason\r\n";

    /// <summary>Writes the file.</summary>
    public static async Task WriteAsync(string file, SimulationBook book, ICustomerStore customers, CancellationToken cancellation)
    {
        await using var csv = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await csv.WriteAsync(Header);
        var lines = book.Sends.Select(send => new Line(send.At, send.CustomerId, send.Journey, send.StepId, send.Occurrence, send.Message, "sent", send.Channel, send.Connection, ""))
            .Concat(book.Unsent.Select(not => new Line(
                not.At, not.CustomerId, not.Journey, not.StepId, not.Occurrence, not.Message, not.State.ToString().ToLowerInvariant(), null, "", not.Reason)))
            .OrderBy(line => line.At).ThenBy(line => line.Customer).ThenBy(line => line.Journey, StringComparer.Ordinal).ThenBy(line => line.Step, StringComparer.Ordinal);
        foreach (var page in lines.Chunk(Page))
        {
            var known = await customers.GetAsync([.. page.Select(line => line.Customer).Distinct()], CustomerParts.Ids, cancellation);
            foreach (var line in page)
                await csv.WriteAsync(Text(line, known.GetValueOrDefault(line.Customer)));
        }
    }

    private static string Text(Line line, Customer? customer)
    {
        var local = customer is null ? line.At : new DateTimeOffset(LocalTime.InZone(line.At, Zones.Find(customer.TimeZone).Zone), Zones.Find(customer.TimeZone).Zone.GetUtcOffset(line.At));
        string?[] fields =
        [
            line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            line.Customer.ToString("N"), string.Join(' ', customer?.ExternalIds.Select(CustomerLookup.Text) ?? []), line.Journey, line.Step,
            line.Occurrence.ToString(CultureInfo.InvariantCulture), line.Message, line.Outcome, line.Channel?.ToString().ToLowerInvariant(), line.Connection, line.Reason,
        ];
        return string.Join(',', fields.Select(Field)) + "\r\n";
    }

    // A spreadsheet takes what begins with these for a formula.
    private static string Field(string? text)
    {
        var plain = text is ['=' or '+' or '-' or '@' or '\t', ..] ? $"'{text}" : text ?? "";
        return plain.AsSpan().IndexOfAny("\",\r\n") < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed record Line(
        DateTimeOffset At, Guid Customer, string Journey, string Step, int Occurrence, string Message, string Outcome, Channel? Channel, string Connection, string Reason);
}
