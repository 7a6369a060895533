using CxOrchestrator.TestKit;

namespace CxOrchestrator.MailServers;

/// <summary>A Dovecot of our own on loopback: IMAP over the mailbox that Postfix fills, and its passwords.</summary>
public sealed class DovecotServer
{
    private readonly MailFolder _folder;
    private readonly string _dovecot = Needs.Command("dovecot");
    private readonly int _port = KeptPort.Next();

    internal DovecotServer(MailFolder folder) => _folder = folder;

    /// <summary>IMAP in the clear.</summary>
    public int Port => _port;

    private string Config => _folder.PathOf("dovecot.conf");

    /// <summary>Starts it.</summary>
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(_folder.PathOf("users"), $"{MailRig.UserName}:{{PLAIN}}{MailRig.Password}\n");
        await File.WriteAllTextAsync(Config, Conf());
        await RunAsync();
    }

    /// <summary>Stops it.</summary>
    public Task StopAsync() => Command.RunAsync(_dovecot, ["-c", Config, "stop"]);

    /// <summary>Makes it forget the numbers of all messages, as after a restored backup: they get new ones, under a new UIDVALIDITY.</summary>
    public async Task RenumberAsync()
    {
        await StopAsync();
        foreach (var file in Directory.EnumerateFiles(_folder.Maildir, "dovecot*"))
        {
            File.Delete(file);
        }

        await RunAsync();
    }

    private async Task RunAsync()
    {
        await Command.RunAsync(_dovecot, ["-c", Config]);
        if (!await Listening.GreetsAsync(_port, "* OK"))
            throw new InvalidOperationException("Dovecot did not start:\n" + await File.ReadAllTextAsync(_folder.PathOf("dovecot.log")));
    }

    private string Conf() => $$"""
        base_dir = {{_folder.PathOf("dovecot")}}
        state_dir = {{_folder.PathOf("dovecot")}}
        log_path = {{_folder.PathOf("dovecot.log")}}
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        auth_failure_delay = 0 secs
        first_valid_uid = 1
        mail_location = maildir:{{_folder.Maildir}}
        passdb {
          driver = passwd-file
          args = {{_folder.PathOf("users")}}
        }
        userdb {
          driver = static
          args = uid={{MailFolder.MailUid}} gid={{MailFolder.MailUid}} home={{_folder.PathOf("mail", "inbox")}}
        }
        service imap-login {
          inet_listener imap {
            address = 127.0.0.1
            port = {{_port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service auth {
          unix_listener {{_folder.AuthSocket}} {
            mode = 0660
            user = postfix
          }
        }

        """;
}
