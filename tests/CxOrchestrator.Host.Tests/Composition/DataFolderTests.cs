using CxOrchestrator.Host.Composition;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.Composition;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_signing_key_is_made_once_and_is_for_its_owner_alone()
    {
        var key = SigningKeyFile.ReadOrMake(_folder.Path);
        Assert.Equal(key, SigningKeyFile.ReadOrMake(_folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf("links.key")));
    }

    [Fact]
    public async Task Of_many_that_start_at_once_all_have_the_same_key()
    {
        // Many times over, for they seldom meet.
        for (var round = 0; round < 100; round++)
        {
            var folder = _folder.PathOf($"round-{round}");
            using var gate = new Barrier(4);
            var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    gate.SignalAndWait();
                    return SigningKeyFile.ReadOrMake(folder);
                },
                TaskCreationOptions.LongRunning)));

            Assert.All(keys, key => Assert.Equal(keys[0], key));
            Assert.False(File.Exists(Path.Combine(folder, "links.key.new")));
        }
    }

    [Fact]
    public void A_key_of_which_half_was_written_when_its_maker_was_killed_is_made_anew()
    {
        File.WriteAllBytes(_folder.PathOf("links.key.new"), [1, 2, 3]);

        var key = SigningKeyFile.ReadOrMake(_folder.Path);

        Assert.Equal(key, File.ReadAllBytes(_folder.PathOf("links.key")));
        Assert.False(File.Exists(_folder.PathOf("links.key.new")));
    }

    [Fact]
    public void A_damaged_signing_key_is_not_replaced_in_silence()
    {
        File.WriteAllBytes(_folder.PathOf("links.key"), [1, 2, 3]);
        var error = Assert.Throws<InvalidDataException>(() => SigningKeyFile.ReadOrMake(_folder.Path));
        Assert.Contains("put the right file back from a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_engine_alone_runs_on_a_data_folder()
    {
        using (EngineLock.Take(_folder.Path))
        {
            var error = Assert.Throws<UserException>(() => EngineLock.Take(_folder.Path));
            Assert.Contains("Another cxo runs on", error.Message, StringComparison.Ordinal);
        }

        EngineLock.Take(_folder.Path).Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
