namespace Vkp.EventStore.Append;

/// <summary>A request, checked, with everything computed that needs no lock. Done on the caller's thread, so callers share the work.</summary>
internal sealed class PreparedRequest
{
    public PreparedRequest(AppendRequest request)
    {
        Check(request);
        Request = request;
        Stream = request.Stream.ToString();
        KeyHash = request.Dedup?.KeyHash.ToArray();
        BodyHash = request.Dedup?.BodyHash.ToArray();
        DedupId = request.Dedup is { } dedup ? (request.Tenant, dedup.Source, Convert.ToHexString(dedup.KeyHash.Span)) : null;
        ContentHashes = new byte[request.Events.Count][];
        for (var i = 0; i < request.Events.Count; i++)
        {
            ContentHashes[i] = ContentHash.OfNew(request, request.Events[i], opens: i == 0);
            Bytes += request.Events[i].Body.Length + request.Events[i].Metadata.Length + 200;
        }
    }

    public AppendRequest Request { get; }

    public string Stream { get; }

    public byte[]? KeyHash { get; }

    public byte[]? BodyHash { get; }

    public (int Tenant, string Source, string Key)? DedupId { get; }

    public byte[][] ContentHashes { get; }

    public long Bytes { get; }

    private static void Check(AppendRequest request)
    {
        if (!request.Stream.IsNamed)
            throw new ArgumentException("The request names no stream.", nameof(request));

        if (request.Tenant < 0)
            throw new ArgumentException($"Tenant {request.Tenant} is no organisation number.", nameof(request));

        if (request.Events.Count is 0 or > StoreLimits.RequestEventsMax)
            throw new ArgumentException($"A request holds 1 to {StoreLimits.RequestEventsMax} events, not {request.Events.Count}.", nameof(request));

        if (request.ExpectedVersion < 0)
            throw new ArgumentException($"Version {request.ExpectedVersion} cannot be expected: 0 means the stream must not exist.", nameof(request));

        if (request.Dedup is { } dedup && (dedup.Source.Length is 0 or > 100 || !IsHash(dedup.KeyHash) || !IsHash(dedup.BodyHash)))
            throw new ArgumentException("A dedup key has a source of 1 to 100 characters and two keyed hashes of 16 to 32 bytes.", nameof(request));

        foreach (var e in request.Events)
        {
            if (e.Type.Length is 0 or > 100)
                throw new ArgumentException("An event type has 1 to 100 characters.", nameof(request));

            if (e.Body.Length > StoreLimits.BodyBytesMax)
                throw new ArgumentException($"A sealed body has at most {StoreLimits.BodyBytesMax} bytes, not {e.Body.Length}.", nameof(request));
        }
    }

    private static bool IsHash(ReadOnlyMemory<byte> hash) => hash.Length is >= 16 and <= 32;
}
