using System.Globalization;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>
/// Processor time of this process and of its connections' ends at the server, as the system's scheduler counts it, by the nanosecond: what others do on the machine
/// meanwhile isn't in it, but for what they push out of the processor's caches. On Linux, beside a server on this machine.
/// </summary>
internal sealed class OwnProcessor
{
    private readonly List<string> _ends;

    private OwnProcessor(List<string> ends) => _ends = ends;

    /// <summary>Milliseconds so far.</summary>
    public double Milliseconds => Environment.CpuUsage.TotalTime.TotalMilliseconds + (_ends.Sum(Nanoseconds) / 1e6);

    /// <summary>With the connections that are open now; null where the system doesn't count, or the server runs elsewhere.</summary>
    /// <param name="connection">What the driver connects with.</param>
    public static async Task<OwnProcessor?> OfAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create($"{connection};Pooling=false");
        await using var find = source.CreateCommand(
            "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()");
        await using var reader = await find.ExecuteReaderAsync();
        var ends = new List<string>();
        while (await reader.ReadAsync())
            ends.Add(string.Create(CultureInfo.InvariantCulture, $"/proc/{reader.GetInt32(0)}"));
        return OperatingSystem.IsLinux() && ends.All(IsServers) ? new OwnProcessor([.. ends.Select(end => $"{end}/schedstat")]) : null;
    }

    private static bool IsServers(string process) =>
        File.Exists($"{process}/schedstat") && File.ReadAllText($"{process}/comm").StartsWith("postgres", StringComparison.Ordinal);

    // The first number. A connection that was given up has done what it did: it is counted no more.
    private static double Nanoseconds(string file)
    {
        try
        {
            return long.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
