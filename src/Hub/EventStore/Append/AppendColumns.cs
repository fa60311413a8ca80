using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vkp.EventStore.Append;

/// <summary>The events of a call as the stored functions take them: an array per column, an element per event, in the order the events are to stand in.</summary>
internal sealed class AppendColumns
{
    private const int LeafBytes = 8 + 32;

    public AppendColumns(IReadOnlyList<PreparedRequest> requests, KnownVersions versions)
    {
        Requests = requests;
        Tenants = TenantsOf(requests);
        Counts = new int[Tenants.Length];
        var count = 0;
        foreach (var request in requests)
            count += request.Request.Events.Count;

        (At, Place, Nth) = (new int[count], new int[count], new int[count]);
        (Known, Stream, Source) = (new long?[count], new string[count], new string?[count]);
        (KeyHash, BodyHash, ContentHash) = (new byte[]?[count], new byte[]?[count], new byte[count][]);
        (Id, Type, Metadata, Body) = (new Guid[count], new string[count], new string[count], new ReadOnlyMemory<byte>[count]);
        var nths = new Dictionary<(int Tenant, string Stream), int>(requests.Count);
        var i = 0;
        foreach (var prepared in requests)
        {
            var request = prepared.Request;
            var tenant = Array.BinarySearch(Tenants, request.Tenant);
            ref var nth = ref CollectionsMarshal.GetValueRefOrAddDefault(nths, (request.Tenant, prepared.Stream), out _);
            var known = versions.Of(request.Tenant, prepared.Stream);
            AllKnown &= known is not null;
            AllExpected &= request.ExpectedVersion is null || request.ExpectedVersion == known;
            (KeyHash[i], BodyHash[i]) = (prepared.KeyHash, prepared.BodyHash);
            for (var e = 0; e < request.Events.Count; e++, i++)
            {
                var newEvent = request.Events[e];
                (At[i], Place[i], Nth[i], Known[i]) = (tenant + 1, ++Counts[tenant], ++nth, known);
                (Stream[i], Source[i]) = (prepared.Stream, request.Dedup?.Source);
                (Id[i], Type[i], Metadata[i], Body[i]) = (newEvent.Id, newEvent.Type, newEvent.Metadata, newEvent.Body);
                ContentHash[i] = prepared.ContentHashes[e];
            }
        }
    }

    public IReadOnlyList<PreparedRequest> Requests { get; }

    /// <summary>Each once, in order.</summary>
    public int[] Tenants { get; }

    /// <summary>Events of each tenant.</summary>
    public int[] Counts { get; }

    /// <summary>Which of <see cref="Tenants"/> the event belongs to, from 1.</summary>
    public int[] At { get; }

    /// <summary>The event's number among those of its tenant, from 1.</summary>
    public int[] Place { get; }

    /// <summary>The event's number among those of its stream, from 1.</summary>
    public int[] Nth { get; }

    /// <summary>The last version that the event's stream was seen at; null when it was not seen.</summary>
    public long?[] Known { get; }

    public string[] Stream { get; }

    public string?[] Source { get; }

    /// <summary>On the first event of a request with a dedup key.</summary>
    public byte[]?[] KeyHash { get; }

    /// <summary>Likewise.</summary>
    public byte[]?[] BodyHash { get; }

    public byte[][] ContentHash { get; }

    public Guid[] Id { get; }

    public string[] Type { get; }

    public string[] Metadata { get; }

    public ReadOnlyMemory<byte>[] Body { get; }

    /// <summary>Whether every stream's version is known.</summary>
    public bool AllKnown { get; } = true;

    /// <summary>Whether every expected version is the known one, so that only an index can find a conflict.</summary>
    public bool AllExpected { get; } = true;

    /// <summary>What the chain binds of each tenant's events, one after the other: version (8 bytes, big-endian), content hash (ADR 0002).</summary>
    /// <remarks>Only when <see cref="AllKnown"/>.</remarks>
    public byte[][] Leaves()
    {
        var leaves = Array.ConvertAll(Counts, count => new byte[count * LeafBytes]);
        for (var i = 0; i < At.Length; i++)
        {
            var leaf = leaves[At[i] - 1].AsSpan((Place[i] - 1) * LeafBytes, LeafBytes);
            BinaryPrimitives.WriteInt64BigEndian(leaf, Known[i]!.Value + Nth[i]);
            ContentHash[i].CopyTo(leaf[8..]);
        }

        return leaves;
    }

    private static int[] TenantsOf(IReadOnlyList<PreparedRequest> requests)
    {
        if (requests.Count == 1)
            return [requests[0].Request.Tenant];

        var tenants = new SortedSet<int>();
        foreach (var request in requests)
            tenants.Add(request.Request.Tenant);

        return [.. tenants];
    }
}
