using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Tables;

namespace CxOrchestrator.Plugins.CrmDataverse.Feeds;

/// <summary>A table whose changes are followed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Select">The columns to read.</param>
/// <param name="Read">What a row says.</param>
/// <param name="Gone">What a deleted row says: of it there is only the id.</param>
internal sealed record TrackedTable<T>(Table Table, string Select, Func<JsonElement, T> Read, Func<Guid, T> Gone);
