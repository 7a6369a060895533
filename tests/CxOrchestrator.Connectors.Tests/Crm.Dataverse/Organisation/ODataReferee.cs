using System.Text;
using CxOrchestrator.Sdk.Testing.Http;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.UriParser;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>Reads requests as Microsoft's OData library does, against the organisation's CSDL: addresses, bodies, and batches with what is in them.</summary>
internal static class ODataReferee
{
    private const string Path = "/api/data/v9.2/";
    private static readonly Uri Root = new("http://organisation" + Path);
    private static readonly IEdmModel Model = Load();

    /// <summary>Throws what the library finds wrong with any of them.</summary>
    public static void Judge(IEnumerable<RecordedRequest> requests)
    {
        foreach (var request in requests)
        {
            if (!request.Target.StartsWith(Path, StringComparison.Ordinal))
                Assert.Fail($"{request} is not below {Path}");
            try
            {
                if (request.Path.EndsWith("/$batch", StringComparison.Ordinal))
                    Batch(request.Header("Content-Type")!, request.Body.ToArray());
                else
                    One(request.Method, request.Target[Path.Length..], request.Body.ToArray());
            }
            catch (ODataException fault)
            {
                Assert.Fail($"{request}: {fault.Message}\n{request.Text()}");
            }
        }
    }

    public static void One(string method, string target, byte[] body)
    {
        var parsed = new ODataUriParser(Model, Root, new Uri(target, UriKind.Relative)) { UrlKeyDelimiter = ODataUrlKeyDelimiter.Parentheses }.ParseUri();
        if (method is "GET" or "DELETE" || body.Length == 0)
            return;
        switch (parsed.Path.LastSegment)
        {
            case EntitySetSegment { EntitySet: var set } when set.Name != "EntityDefinitions":
                Drain(Reader(method, target, "application/json", body), set);
                break;
            case KeySegment { NavigationSource: IEdmEntitySet set } when set.Name != "EntityDefinitions":
                Drain(Reader(method, target, "application/json", body), set);
                break;
            case OperationSegment operation:
                Parameters(Reader(method, target, "application/json", body), operation.Operations.Single());
                break;
            case OperationImportSegment import:
                Parameters(Reader(method, target, "application/json", body), import.OperationImports.Single().Operation);
                break;
        }
    }

    public static void Batch(string contentType, byte[] body)
    {
        // The library takes bare line feeds too; Dataverse does not.
        Assert.DoesNotContain('\n', Encoding.Latin1.GetString(body).Replace("\r\n", "", StringComparison.Ordinal));
        using var reader = Reader("POST", "$batch", contentType, body);
        var batch = reader.CreateODataBatchReader();
        while (batch.Read())
        {
            if (batch.State != ODataBatchReaderState.Operation)
                continue;
            var operation = batch.CreateOperationRequestMessage();
            using var stream = operation.GetStream();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var address = operation.Url.IsAbsoluteUri ? operation.Url.PathAndQuery : operation.Url.OriginalString;
            Assert.StartsWith(Path, address, StringComparison.Ordinal);
            One(operation.Method, address[Path.Length..], content.ToArray());
        }
    }

    private static void Drain(ODataMessageReader message, IEdmEntitySet set)
    {
        using (message)
        {
            var reader = message.CreateODataResourceReader(set, set.EntityType());
            while (reader.Read())
            {
            }
        }
    }

    private static void Parameters(ODataMessageReader message, IEdmOperation operation)
    {
        using (message)
        {
            var reader = message.CreateODataParameterReader(operation);
            while (reader.Read())
            {
                var inner = reader.State switch
                {
                    ODataParameterReaderState.Resource => reader.CreateResourceReader(),
                    ODataParameterReaderState.ResourceSet => reader.CreateResourceSetReader(),
                    _ => null,
                };
                while (inner?.Read() == true)
                {
                }
            }
        }
    }

    private static ODataMessageReader Reader(string method, string target, string contentType, byte[] body) => new(
        new Message(method, new Uri(Root, target), contentType, body), new ODataMessageReaderSettings { BaseUri = Root }, Model);

    private static IEdmModel Load()
    {
        using var file = typeof(ODataReferee).Assembly.GetManifestResourceStream("organisation.csdl.xml")!;
        using var xml = System.Xml.XmlReader.Create(file);
        return CsdlReader.Parse(xml);
    }

    private sealed class Message(string method, Uri url, string contentType, byte[] body) : IODataRequestMessage
    {
        public string Method { get; set; } = method;

        public Uri Url { get; set; } = url;

        public IEnumerable<KeyValuePair<string, string>> Headers => [new("Content-Type", contentType), new("OData-Version", "4.0")];

        public string GetHeader(string headerName) =>
            Headers.Where(header => header.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault()!;

        public Stream GetStream() => new MemoryStream(body);

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();
    }
}
