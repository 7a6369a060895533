using Xunit;

namespace CxOrchestrator.TestKit;

/// <summary>
/// What a test needs that a machine may lack. A <c>[SkippableFact]</c> that calls one of these is skipped where the thing is
/// missing; with <c>CXO_REQUIRE_ALL=1</c> in the environment it fails instead, so that CI can't skip in silence.
/// </summary>
public static class Needs
{
    // Debian keeps daemons' commands where a user's PATH doesn't look.
    private static readonly string[] DaemonFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/lib/postfix/sbin", "/usr/lib/dovecot"];

    private static readonly string[] ChromiumNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The folder with real data beside the repository.</summary>
    /// <param name="parts">What must exist in it, such as <c>real-orders</c>; none for the folder itself.</param>
    /// <returns>The full path of what was asked for.</returns>
    public static string SharedMaterial(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Repository.Root, "..", "shared", .. parts]));
        Require(Path.Exists(path), $"the shared material {path}");
        return path;
    }

    /// <summary>A command of the machine, looked for in <c>PATH</c> and where daemons lie.</summary>
    /// <returns>The full path of the command.</returns>
    public static string Command(string name)
    {
        var path = Find(name);
        Require(path is not null, $"the command {name}");
        return path!;
    }

    /// <summary>A browser of the Chromium family.</summary>
    /// <returns>The full path of its command.</returns>
    public static string Chromium()
    {
        var path = ChromiumNames.Select(Find).FirstOrDefault(found => found is not null);
        Require(path is not null, "the browser Chromium");
        return path!;
    }

    /// <summary>
    /// Node with a package of <c>tests/contracts</c>. With <c>CXO_WITHOUT_NPM=1</c>, which CI sets where no package registry answers, it is skipped
    /// even under <c>CXO_REQUIRE_ALL=1</c>.
    /// </summary>
    /// <returns>The folder <c>tests/contracts</c>, where Node finds the package.</returns>
    public static string NodePackage(string name)
    {
        var folder = Repository.PathOf("tests", "contracts");
        var present = Find("node") is not null && Directory.Exists(Path.Combine(folder, "node_modules", name));
        Skip.If(!present && Environment.GetEnvironmentVariable("CXO_WITHOUT_NPM") == "1", $"needs the npm package {name}, and CXO_WITHOUT_NPM=1 says that there is none");
        Require(present, $"Node with the package {name} ('npm ci' in tests/contracts)");
        return folder;
    }

    /// <summary>Prism, which holds requests and answers against an OpenAPI description.</summary>
    /// <returns>The folder <c>tests/contracts</c>.</returns>
    public static string Prism() => NodePackage("@stoplight/prism-cli");

    /// <summary>Anything else; say what it is, as in <c>a PostgreSQL server</c>.</summary>
    public static void That(bool present, string what) => Require(present, what);

    private static void Require(bool present, string what)
    {
        if (present)
            return;
        if (Environment.GetEnvironmentVariable("CXO_REQUIRE_ALL") == "1")
            Assert.Fail($"This test needs {what}, which this machine lacks, and CXO_REQUIRE_ALL=1 forbids skipping.");
        Skip.If(true, $"needs {what}, which this machine lacks");
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(DaemonFolders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
