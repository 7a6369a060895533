using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using Microsoft.Graph;

namespace CxOrchestrator.Plugins.EmailGraph;

/// <summary>Tries whether we can sign in and see the folder. Whether we may send shows only by sending.</summary>
internal sealed class FolderProbe(GraphServiceClient graph, GraphSettings settings)
{
    private static readonly string[] Columns = ["id"];

    /// <summary>One look.</summary>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var folder = await GraphCalls.ReadAsync(
                () => graph.Users[settings.Mailbox].MailFolders[settings.Folder].GetAsync(request => request.QueryParameters.Select = Columns, cancellation),
                cancellation);
            return folder.Id is { Length: > 0 }
                ? new HealthReport(true, $"The folder {settings.Folder} can be read.")
                : new HealthReport(false, "What answers is not Graph.", "Check BaseUrl, and whether a gateway or proxy answers in Graph's place.");
        }
        catch (GraphRefusal refusal)
        {
            return new HealthReport(false, refusal.Message, Advice(refusal.Status));
        }
        catch (Exception failure) when (failure is ServiceException or TooLongException)
        {
            return new HealthReport(false, failure.Message, "Check BaseUrl, TenantId, ClientId and the secret, and whether the machine reaches graph.microsoft.com and login.microsoftonline.com.");
        }
    }

    private static string Advice(int status) => status switch
    {
        401 => "Check TenantId, ClientId, Scope and the secret, certificate or identity of this connection.",
        403 => "Grant the app Mail.Read and Mail.Send with admin consent, and let its application access policy include the mailbox.",
        404 => "Check Mailbox and Folder: is there such a mailbox in Exchange Online?",
        429 => "Nothing: Graph asks to slow down. Does it happen often, let fewer things use this app's id.",
        _ => "Wait; if it lasts, look at the service health of Microsoft 365.",
    };
}
