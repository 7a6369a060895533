using System.Diagnostics;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.MailServers;

/// <summary>
/// A Postfix of our own on loopback, beside any that the machine runs. It takes mail for any name at <c>example.test</c> but these,
/// plus names included: <c>gone@</c> (550 5.1.1), <c>full@</c> (552 5.2.2), <c>later@</c> (450 4.2.0). Other domains are refused with 5.1.2.
/// </summary>
public sealed class PostfixServer
{
    private const int MostTries = 3;
    private readonly MailFolder _folder;
    private readonly string _postfix = Needs.Command("postfix");
    private readonly int[] _ports = [KeptPort.Next(), KeptPort.Next(), KeptPort.Next()];

    internal PostfixServer(MailFolder folder) => _folder = folder;

    /// <summary>Where mail for <c>far.test</c> is handed on to, a port of loopback; null refuses it like any other domain. Counts from the next start.</summary>
    public int? RelayTo { get; set; }

    /// <summary>Takes mail in the clear from anybody.</summary>
    public int Port => _ports[0];

    /// <summary>Takes mail after STARTTLS and AUTH only.</summary>
    public int SubmissionPort => _ports[1];

    /// <summary>Takes mail over implicit TLS after AUTH only.</summary>
    public int ImplicitTlsPort => _ports[2];

    /// <summary>What it logged so far.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string Config => _folder.PathOf("config");

    private string LogFile => _folder.PathOf("mail.log");

    /// <summary>Starts it, or starts it again on the same ports with the queue that it had.</summary>
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Config, "main.cf"), MainCf());
        await File.WriteAllTextAsync(Path.Combine(Config, "master.cf"), MasterCf());
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                await Command.RunAsync(_postfix, ["-c", Config, "start"]);
            }
            catch (InvalidOperationException)
            {
                // The command gives its master 10 s to come up; on a busy machine it comes up a little later, or when it is told once more.
            }

            if (await Listening.GreetsAsync(Port, "220 mail.example.test ESMTP"))
                return;
        }

        throw new InvalidOperationException("Postfix did not start:\n" + Log);
    }

    /// <summary>Stops it: connections are refused from now on. What is queued stays queued.</summary>
    public Task StopAsync() => Command.RunAsync(_postfix, ["-c", Config, "stop"]);

    /// <summary>Returns once every message that it has taken lies in the mailbox.</summary>
    /// <exception cref="InvalidOperationException">The queue is not empty after five minutes; the message tells what is in it.</exception>
    public async Task WaitUntilDeliveredAsync()
    {
        var postqueue = Needs.Command("postqueue");
        var started = Stopwatch.GetTimestamp();
        while (await Command.RunAsync(postqueue, ["-c", Config, "-j"]) is { Length: > 0 } queued)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(5))
            {
                throw new InvalidOperationException("Postfix does not get rid of these:\n" + queued);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    // Tries again, and tells of a delay, within seconds instead of hours.
    private const string Impatience = "queue_run_delay = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 1s\ndelay_warning_time = 1s";

    private string MainCf() => $$"""
        compatibility_level = 3.6
        myhostname = mail.example.test
        mydestination =
        mynetworks = 127.0.0.0/8
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        disable_dns_lookups = yes
        queue_directory = {{_folder.PathOf("queue")}}
        data_directory = {{_folder.PathOf("data")}}
        maillog_file = {{LogFile}}
        maillog_file_prefixes = {{_folder.PathOf()}}
        alias_maps =
        local_recipient_maps =
        recipient_delimiter = +
        virtual_mailbox_domains = example.test
        virtual_mailbox_base = {{_folder.PathOf("mail")}}
        virtual_mailbox_maps = static:inbox/Maildir/
        virtual_uid_maps = static:{{MailFolder.MailUid}}
        virtual_gid_maps = static:{{MailFolder.MailUid}}
        default_transport = error:5.1.2 this server knows example.test alone
        smtpd_recipient_restrictions =
            check_recipient_access inline:{ { gone@example.test = 550 5.1.1 No such user } { full@example.test = 552 5.2.2 Mailbox full } { later@example.test = 450 4.2.0 Try later } },
            reject_unauth_destination
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_tls_security_level = may
        smtpd_tls_cert_file = {{_folder.CertificateFile}}
        smtpd_tls_key_file = {{_folder.KeyFile}}
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = {{_folder.AuthSocket}}
        smtpd_client_connection_count_limit = 0
        smtpd_error_sleep_time = 0s
        in_flow_delay = 0s
        message_size_limit = 10240000
        {{(RelayTo is { } relay ? $"relay_domains = far.test\ntransport_maps = inline:{{ {{ far.test = smtp:[127.0.0.1]:{relay} }} }}\n{Impatience}" : "relay_domains =")}}

        """;

    private string MasterCf() => $"""
        127.0.0.1:{_ports[0]} inet n - n - - smtpd
        127.0.0.1:{_ports[1]} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
        127.0.0.1:{_ports[2]} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        proxywrite unix - - n - 1 proxymap
        smtp unix - - n - - smtp
        relay unix - - n - - smtp
        showq unix n - n - - showq
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        local unix - n n - - local
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """;
}
