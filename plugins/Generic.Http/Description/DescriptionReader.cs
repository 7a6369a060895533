using CxOrchestrator.Sdk;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>Reads a description strictly, and tells all that is wrong with it at once.</summary>
internal sealed class DescriptionReader
{
    private static readonly Dictionary<string, Capability> OperationsOf = new(StringComparer.Ordinal)
    {
        ["probe"] = Capability.HealthProbe,
        ["findPerson"] = Capability.CrmReader,
        ["changedPeople"] = Capability.CrmReader,
        ["segmentPeople"] = Capability.CrmReader,
        ["sendSms"] = Capability.SmsSender,
        ["createTicket"] = Capability.TicketWriter,
        ["commentTicket"] = Capability.TicketWriter,
        ["tagTicket"] = Capability.TicketWriter,
        ["findTicket"] = Capability.TicketReader,
        ["changedTickets"] = Capability.TicketReader,
    };

    // What a capability can't do without.
    private static readonly Dictionary<Capability, string[]> Needed = new()
    {
        [Capability.CrmReader] = ["findPerson", "changedPeople"],
        [Capability.TicketReader] = ["findTicket", "changedTickets"],
        [Capability.TicketWriter] = ["createTicket", "commentTicket"],
    };

    private static readonly string[] PersonFields = ["name", "givenName", "email", "phone", "locale", "timeZone", "gone"];

    private readonly List<string> _faults = [];

    public static (ServiceDescription? Description, IReadOnlyList<string> Faults) Read(string text)
    {
        var reader = new DescriptionReader();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var root = stream.Documents.Count == 1 ? stream.Documents[0].RootNode : null;
            if (root is not YamlMappingNode)
                return (null, ["the description must be one YAML map"]);
            var description = reader.Service(YamlMap.Of(root, "", reader._faults));
            return (reader._faults.Count == 0 ? description : null, reader._faults);
        }
        catch (YamlException broken)
        {
            return (null, [FormattableString.Invariant($"line {broken.Start.Line}, column {broken.Start.Column}: {broken.Message}")]);
        }
    }

    private ServiceDescription Service(YamlMap map)
    {
        var operations = new OperationReader(_faults);
        var named = Operations(map.Map("operations"), operations);
        var changes = map.Map("changes");
        var webhook = map.Has("webhook") ? new WebhookReader(_faults).Read(map.Map("webhook")) : null;
        var skip = Kinds(changes, "skip");
        var byKind = Changes(changes, operations);
        var description = new ServiceDescription
        {
            Service = map.Text("service", required: true),
            BaseUrl = Address(map),
            Auth = Auth(map.Map("auth")),
            Settings = Settings(map.Map("settings")),
            Prepare = map.Has("prepare") ? Prepare(map.Map("prepare"), operations) : null,
            Operations = named,
            Changes = byKind,
            Skip = skip,
            Person = map.Has("person") ? Person(map.Map("person")) : null,
            Ticket = map.Has("ticket") ? Ticket(map.Map("ticket")) : null,
            Webhook = webhook,
            Offers = Offers(named, byKind.Count > 0, webhook is not null),
        };
        changes.End();
        map.End();
        Complete(description);
        return description;
    }

    private static Dictionary<string, Operation> Operations(YamlMap map, OperationReader reader)
    {
        var found = OperationsOf.Keys.Where(map.Has).ToDictionary(name => name, name => reader.Read(map.Map(name), $"operations.{name}"), StringComparer.Ordinal);
        foreach (var name in OperationsOf.Keys)
            map.Take(name);
        map.End();
        return found;
    }

    private static Dictionary<CrmChangeKind, Operation> Changes(YamlMap map, OperationReader reader)
    {
        var found = new Dictionary<CrmChangeKind, Operation>();
        foreach (var kind in Enum.GetValues<CrmChangeKind>())
        {
            var name = Name(kind);
            if (map.Has(name))
                found.Add(kind, reader.Read(map.Map(name), $"changes.{name}"));
            map.Take(name);
        }

        return found;
    }

    private static HashSet<CrmChangeKind> Kinds(YamlMap map, string name)
    {
        var kinds = new HashSet<CrmChangeKind>();
        foreach (var word in map.List(name).OfType<YamlScalarNode>())
        {
            if (Enum.GetValues<CrmChangeKind>().Where(kind => Name(kind) == word.Value).Take(1).ToList() is [var kind])
                kinds.Add(kind);
            else
                map.Fault(name, $"has \"{word.Value}\"; known: {string.Join(", ", Enum.GetValues<CrmChangeKind>().Select(Name))}");
        }

        return kinds;
    }

    private static Uri? Address(YamlMap map)
    {
        var text = map.Text("baseUrl");
        if (text.Length == 0)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
            return address;
        map.Fault("baseUrl", "is no address");
        return null;
    }

    private static AuthDescription Auth(YamlMap map)
    {
        var kind = map.Choice("kind", "none", "none", "bearer", "basic", "header", "oauth2") switch
        {
            "bearer" => AuthKind.Bearer,
            "basic" => AuthKind.Basic,
            "header" => AuthKind.Header,
            "oauth2" => AuthKind.OAuth2,
            _ => AuthKind.None,
        };
        var auth = new AuthDescription(
            kind,
            map.Text("name", required: kind == AuthKind.Header),
            map.Text("prefix"),
            map.Text("tokenPath", required: kind == AuthKind.OAuth2),
            map.Text("scope"));
        if (Uri.TryCreate(auth.TokenPath, UriKind.Absolute, out var token) && token is { Scheme: "http", IsLoopback: false })
            map.Fault("tokenPath", "would send the secret unprotected: use https://");
        map.End();
        return auth;
    }

    private static Dictionary<string, SettingMeaning> Settings(YamlMap map)
    {
        var meanings = new Dictionary<string, SettingMeaning>(StringComparer.Ordinal);
        foreach (var name in map.Names.ToList())
        {
            var text = map.Text(name);
            meanings.Add(name, new SettingMeaning(text, text.StartsWith("Optional", StringComparison.Ordinal)));
        }

        return meanings;
    }

    private static Preparation Prepare(YamlMap map, OperationReader reader)
    {
        var keep = map.Values("keep", always: true).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new Preparation(reader.Read(map, "prepare"), keep);
    }

    private static PersonMapping Person(YamlMap map)
    {
        var known = PersonFields
            .Select(name => (Name: name, Value: map.Expression(name))).Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal);
        var person = new PersonMapping(map.Expression("id", required: true)!, known, map.Values("fields", always: true).ToDictionary(pair => pair.Key, pair => pair.Value));
        map.End();
        return person;
    }

    private static TicketMapping Ticket(YamlMap map)
    {
        var ticket = new TicketMapping(
            map.Expression("id", required: true)!, map.Expression("subject", required: true)!, map.Expression("state", required: true)!,
            map.Expression("owner"), map.Expression("due"), map.Expression("changedAt", required: true)!);
        map.End();
        return ticket;
    }

    private static List<Capability> Offers(Dictionary<string, Operation> operations, bool changes, bool webhook)
    {
        var offers = operations.Keys.Select(name => OperationsOf[name]).ToHashSet();
        if (changes)
            offers.Add(Capability.CrmWriter);
        if (webhook)
            offers.Add(Capability.WebhookReceiver);
        return [.. offers.Order()];
    }

    private void Complete(ServiceDescription description)
    {
        foreach (var (capability, needed) in Needed.Where(pair => description.Offers.Contains(pair.Key)))
        {
            foreach (var name in needed.Where(name => !description.Operations.ContainsKey(name)))
                _faults.Add($"operations.{name} is missing: without it the connection can't be a {capability}");
        }

        if (description.Offers.Contains(Capability.CrmReader) && description.Person is null)
            _faults.Add("person is missing: it says how a person is read");
        if (description.Offers.Contains(Capability.TicketReader) && description.Ticket is null)
            _faults.Add("ticket is missing: it says how a ticket is read");
        if (description.Changes.Count > 0)
        {
            foreach (var kind in Enum.GetValues<CrmChangeKind>().Where(kind => !description.Changes.ContainsKey(kind) && !description.Skip.Contains(kind)))
                _faults.Add($"changes.{Name(kind)} is missing: describe it, or name it under changes.skip");
        }

        if (description.Offers.Count == 0)
            _faults.Add("the description has no operations, changes or webhook: there is nothing that a connection could do");
    }

    private static string Name(CrmChangeKind kind) => kind.ToString().ToLowerInvariant();
}
