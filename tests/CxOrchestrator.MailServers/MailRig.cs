using System.Globalization;
using System.Text.Json;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.MailServers;

/// <summary>
/// A real Postfix that delivers into a real Dovecot mailbox, both on loopback, in a folder of their own. Needs root and the Debian
/// packages postfix, dovecot-imapd and python3; a test without them is skipped, or fails where <c>CXO_REQUIRE_ALL=1</c>.
/// </summary>
public sealed class MailRig : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly MailFolder _folder;

    private MailRig(MailFolder folder)
    {
        _folder = folder;
        Postfix = new PostfixServer(folder);
        Dovecot = new DovecotServer(folder);
    }

    /// <summary>Takes mail by SMTP.</summary>
    public PostfixServer Postfix { get; }

    /// <summary>Shows mail by IMAP.</summary>
    public DovecotServer Dovecot { get; }

    /// <summary>The user of both.</summary>
    public const string UserName = "shop";

    /// <summary>The user's password.</summary>
    public const string Password = "correct-horse-7";

    /// <summary>PEM file of the certificate that Postfix shows, made out to <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public string CertificateFile => _folder.CertificateFile;

    /// <summary>Fails or skips the test where a rig can't run.</summary>
    public static void Require()
    {
        Needs.Command("postfix");
        Needs.Command("dovecot");
        Needs.Command("python3");
        Needs.That(Environment.UserName == "root", "the rights of root, for a Postfix of our own");
    }

    /// <summary>Starts both servers with an empty mailbox.</summary>
    /// <param name="relayTo">See <see cref="PostfixServer.RelayTo"/>.</param>
    public static async Task<MailRig> StartAsync(int? relayTo = null)
    {
        Require();
        var folder = new MailFolder();
        await folder.PrepareAsync();
        var rig = new MailRig(folder);
        rig.Postfix.RelayTo = relayTo;
        try
        {
            await rig.Dovecot.StartAsync();
            await rig.Postfix.StartAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until Postfix has delivered all that it took, and reads the mailbox over IMAP, oldest first.</summary>
    /// <param name="afterUid">Only messages that came after this one.</param>
    public async Task<IReadOnlyList<ReadMessage>> ReadAsync(long afterUid = 0)
    {
        await Postfix.WaitUntilDeliveredAsync();
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "read_mailbox.py"),
            "127.0.0.1",
            Dovecot.Port.ToString(CultureInfo.InvariantCulture),
            UserName,
            afterUid.ToString(CultureInfo.InvariantCulture),
        ];
        var output = await Command.RunAsync(
            Needs.Command("python3"), arguments, new Dictionary<string, string> { ["IMAP_PASSWORD"] = Password, ["PYTHONIOENCODING"] = "utf-8" });
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ReadMessage>(line, Json)!)];
    }

    /// <summary>Stops both servers and removes what they left.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var stop in new Func<Task>[] { Postfix.StopAsync, Dovecot.StopAsync })
        {
            try
            {
                await stop();
            }
            catch (InvalidOperationException)
            {
                // It was stopped already, or never came up.
            }
        }

        _folder.Dispose();
    }
}
