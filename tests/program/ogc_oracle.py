"""Other programs read the service: GDAL, OWSLib, schemathesis, mapbox-vector-tile and pmtiles.

Usage: ogc_oracle.py ADDRESS ARCHIVE, with the address of a running server and a file of `export pmtiles`. Prints "all agree" at the end.
"""
import collections
import gzip
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

BASE = sys.argv[1].rstrip("/")
ARCHIVE = pathlib.Path(sys.argv[2])
SECONDS_OF_FUZZING = 12


def get(path, **headers):
    request = urllib.request.Request(path if path.startswith("http") else BASE + path, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def get_when_made(path):
    """What is made when it is requested first: until then the service says when to come back."""
    for _ in range(12):
        status, headers, body = get(path)
        if status != 503:
            break
        time.sleep(min(int(headers["Retry-After"]), 10))
    return status, headers, body


def get_json(path):
    status, _, body = get(path)
    assert status == 200, (path, status, body[:200])
    return json.loads(body)


def run(*command):
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, (command, ran.stdout[-4000:], ran.stderr[-4000:])
    return ran.stdout


def rounded(geometry):
    """A geometry that can be compared: coordinates to a centimetre, the ring as a set (GDAL may turn it)."""
    if geometry is None:
        return None
    flat = []

    def walk(part):
        if isinstance(part[0], (int, float)):
            flat.append((round(part[0], 6), round(part[1], 6)))
        else:
            for inner in part:
                walk(inner)

    walk(geometry["coordinates"])
    return frozenset(flat)


def features(collection):
    return {it["id"]: (it["properties"]["name"], rounded(it["geometry"])) for it in collection["features"]}


def gdal():
    """From the service to a GeoPackage and back: the same features, page by page."""
    files = {"places": "/places.geojson", "districts": "/districts.geojson"}
    category = next(it["id"] for it in get_json("/categories.json")["categories"] if it["places"] > 3)
    files[category] = f"/categories/{category}.geojson"
    with tempfile.TemporaryDirectory() as folder:
        for layer, file in files.items():
            package, back = f"{folder}/{layer}.gpkg", f"{folder}/{layer}.geojson"
            run("ogr2ogr", "-f", "GPKG", package, f"OAPIF:{BASE}", layer, "-oo", "PAGE_SIZE=17")
            run("ogr2ogr", "-f", "GeoJSON", back, package, layer, "-lco", "RFC7946=YES")
            expected = features(get_json(file))
            read = json.loads(pathlib.Path(back).read_text())
            found = {it["properties"]["id"]: (it["properties"]["name"], rounded(it["geometry"])) for it in read["features"]}
            assert found == expected, (layer, len(found), len(expected), sorted(set(found.items()) ^ set(expected.items()), key=str)[:4])
    said = run("ogrinfo", "-ro", "-al", "-so", f"/vsigzip/{ARCHIVE}" if ARCHIVE.suffix == ".gz" else f"OAPIF:{BASE}", "places")
    assert "Feature Count" in said, said


def owslib():
    from owslib.ogcapi.features import Features

    service = Features(BASE + "/")
    names = service.feature_collections()
    assert {"places", "districts"} <= set(names), names
    assert any("features-2/1.0/conf/crs" in uri for uri in service.conformance()["conformsTo"])
    assert service.api()["openapi"].startswith("3.0")
    assert "category" in service.collection_queryables("places")["properties"]
    page = service.collection_items("places", limit=7, offset=3)
    assert page["numberReturned"] == 7, page["numberReturned"]
    one = page["features"][0]
    assert service.collection_item("places", one["id"])["properties"] == one["properties"]
    some = service.collection_items("places", filter="accepts_new = TRUE", limit=10000)
    everything = get_json("/places.geojson")["features"]
    assert some["numberMatched"] == sum(it["properties"].get("accepts_new") is True for it in everything)


def fuzzed():
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    schemathesis = pathlib.Path(sys.executable).with_name("schemathesis")
    # The archive is made once and answered whole: nothing in its request varies.
    run(schemathesis, "run", BASE + "/api", "--checks", checks, "--max-time", SECONDS_OF_FUZZING, "--phases", "fuzzing",
        "--seed", "7", "--exclude-path", "/places.pmtiles", "--no-color")


def tile_of(lon, lat, zoom):
    side = 2**zoom
    x = math.floor((lon + 180) / 360 * side)
    y = math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return zoom, min(max(x, 0), side - 1), min(max(y, 0), side - 1)


def counted(tile):
    """Places inside a tile, by category."""
    import mapbox_vector_tile

    count = collections.Counter()
    layers = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    for feature in layers.get("places", {"features": []})["features"]:
        x, y = feature["geometry"]["coordinates"]
        if 0 <= x < 4096 and 0 <= y < 4096:
            count[feature["properties"]["category"]] += feature["properties"].get("point_count", 1)
    return count


def tiles():
    """Whole zooms against a full count, and the archive against the tiles that are served."""
    from pmtiles.reader import MmapSource, Reader, all_tiles
    from pmtiles.tile import tileid_to_zxy

    status, headers, whole = get_when_made("/places.pmtiles")
    assert (status, headers["Accept-Ranges"]) == (200, "bytes"), (status, headers)
    assert whole == ARCHIVE.read_bytes(), "the exported archive is the served one"
    status, headers, part = get("/places.pmtiles", Range="bytes=100-199")
    assert (status, part) == (206, whole[100:200]) and headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert get("/places.pmtiles", Range=f"bytes={len(whole)}-")[0] == 416
    assert get("/places.pmtiles", **{"Range": "bytes=0-0", "If-Range": '"old"'})[0] == 200
    expected = collections.defaultdict(collections.Counter)
    for place in get_json("/places.geojson")["features"]:
        if place["geometry"]:
            for zoom in range(15):
                expected[tile_of(*place["geometry"]["coordinates"], zoom)][place["properties"]["category"]] += 1
    with ARCHIVE.open("rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        header = reader.header()
        assert header["clustered"] and header["max_zoom"] == 14, header
        assert {it["id"] for it in reader.metadata()["vector_layers"]} == {"places", "districts"}
        found = {at: data for at, data in all_tiles(source)}
    assert len(found) == header["addressed_tiles_count"]
    for at, data in found.items():
        assert len(data) <= 200 << 10, (at, len(data))
        assert counted(gzip.decompress(data)) == expected.pop(at, collections.Counter()), at
    assert not any(expected.values()), "places without a tile"
    for (zoom, x, y), data in list(found.items())[:: max(1, len(found) // 40)]:
        path = f"/tiles/WebMercatorQuad/{zoom}/{y}/{x}"
        status, headers, body = get(path, **{"Accept-Encoding": "gzip"})
        assert (status, headers["Content-Encoding"], body) == (200, "gzip", data), path
        assert get(path)[2] == gzip.decompress(data), path
    assert get("/tiles/WebMercatorQuad/14/0/0")[0] == 204
    assert get("/tiles/WebMercatorQuad/3/8/0")[0] == 404
    tile_json = get_json("/tiles/WebMercatorQuad?f=tilejson")
    assert tile_json["tilejson"] == "3.0.0" and tile_json["maxzoom"] == 14
    limits = {it["tileMatrix"]: it for it in get_json("/tiles/WebMercatorQuad")["tileMatrixSetLimits"]}
    for zoom, x, y in found:
        it = limits[str(zoom)]
        beside = max(0, it["minTileRow"] - 1) <= y <= it["maxTileRow"] + 1 and max(0, it["minTileCol"] - 1) <= x <= it["maxTileCol"] + 1
        assert beside, (zoom, x, y, it)


for oracle in (gdal, owslib, tiles, fuzzed):
    oracle()
    print(oracle.__name__, "agrees", flush=True)
print("all agree")
