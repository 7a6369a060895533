using System.IO.Compression;
using CxOrchestrator.Plugins.Installed.Packages;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Installed;

/// <summary>Whatever an archive calls its entries, nothing is written outside the folder, and what is refused isn't written at all.</summary>
public sealed class PathEscapePropertyTests
{
    private const int Archives = 300;

    private static readonly string[] Pieces =
    [
        "..", ".", "/", "/", "/", "\\", "a", "b", "plugin.json", "C:", ":", "~", "\0", "%2e%2e", " ", "...", "NUL", "con.txt", "\u202e", "é", "𝒳", "//", "\u2024\u2024", "ﬁ", "-", "$HOME", "*", "?",
    ];

    [Fact]
    public async Task No_archive_writes_outside_its_folder()
    {
        var random = new Random(20260101);
        using var folder = new TemporaryFolder();
        var unpackedOnes = 0;
        for (var round = 0; round < Archives; round++)
        {
            var zip = folder.PathOf("x.zip");
            WriteArchive(zip, random);
            var inside = folder.PathOf("in", "side");
            using (var package = Package.Open(zip))
            {
                if (PackagePaths.Check(package.Entries).Count == 0)
                {
                    Assert.Null(await Unpacking.UnpackAsync(package, "", inside, CancellationToken.None));
                    unpackedOnes++;
                }
            }

            File.Delete(zip);
            var outside = Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
                .Where(path => path != folder.PathOf("in") && !path.StartsWith(inside, StringComparison.Ordinal));
            Assert.Empty(outside);
            if (Directory.Exists(inside))
                Directory.Delete(inside, recursive: true);
        }

        Assert.InRange(unpackedOnes, 5, Archives - 5);
    }

    [Fact]
    public void A_path_that_passes_stays_below_the_folder_on_every_system()
    {
        var random = new Random(20260102);
        var passed = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var path = Name(random);
            if (PackagePaths.FaultOf(path) is not null)
                continue;
            passed++;
            Assert.StartsWith("/home/plugin/", Path.GetFullPath(Path.Combine("/home/plugin", path)), StringComparison.Ordinal);
            // As Windows would read it: both separators, drives and streams by a colon, trailing dots and blanks cut off.
            var parts = path.Split('/', '\\').Select(part => part.TrimEnd('.', ' ')).ToList();
            Assert.DoesNotContain(parts, part => part.Length == 0 || part.Contains(':', StringComparison.Ordinal));
        }

        Assert.True(passed > 1000, $"only {passed} passed");
    }

    private static void WriteArchive(string zip, Random random)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Create);
        for (var entries = random.Next(1, 3); entries > 0; entries--)
        {
            using var stream = archive.CreateEntry(Name(random)).Open();
            stream.WriteByte(1);
        }
    }

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
