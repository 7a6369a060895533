using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.MailServers;

/// <summary>The folder of one rig, with all that its servers share: names, user, certificate, mailbox.</summary>
internal sealed class MailFolder : IDisposable
{
    /// <summary>Owner of the mailbox; no user of the machine has this number.</summary>
    public const int MailUid = 64999;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cxo-mail-");

    public MailFolder()
    {
        using var certificate = TestCertificate.Make();
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public string CertificateFile => PathOf("certificate.pem");

    public string KeyFile => PathOf("key.pem");

    /// <summary>Where every message ends.</summary>
    public string Maildir => PathOf("mail", "inbox", "Maildir");

    /// <summary>Where Dovecot checks passwords for Postfix.</summary>
    public string AuthSocket => PathOf("sasl");

    public string PathOf(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    /// <summary>Makes what must exist before a server starts.</summary>
    public async Task PrepareAsync()
    {
        await Command.RunAsync("chmod", ["755", _root.FullName]);
        await Command.RunAsync("chmod", ["600", KeyFile]);
        foreach (var name in new[] { "config", "queue", "data", "mail", "dovecot" })
        {
            Directory.CreateDirectory(PathOf(name));
        }

        await Command.RunAsync("chown", ["postfix", PathOf("data")]);
        await Command.RunAsync("chown", [$"{MailUid}:{MailUid}", PathOf("mail")]);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
