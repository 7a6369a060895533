using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;

namespace CxOrchestrator.Plugins.CrmDataverse.Timeline;

/// <summary>A row for the timeline: an activity that is done.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Id">Its primary key, made from the change's key.</param>
/// <param name="Body">Its columns.</param>
/// <param name="DoneReason">The status reason that goes with the state Completed.</param>
/// <param name="HasParties">True where it has rows of its own inside.</param>
internal sealed record TimelineRow(Table Table, Guid Id, JsonObject Body, int DoneReason, bool HasParties = false)
{
    /// <summary>Makes it and sets it done: no row can be made in a closed state, so that these two belong in one change set.</summary>
    public IReadOnlyList<BatchOperation> Operations => [BatchOperation.Create(Table.Set, (JsonObject)Body.DeepClone()), Done];

    /// <summary>Sets it done. State and reason go together; the action SendEmail would send the mail again.</summary>
    public BatchOperation Done => BatchOperation.Update(Table.Row(Id), new JsonObject { ["statecode"] = 1, ["statuscode"] = DoneReason });
}
